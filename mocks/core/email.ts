/** E-mail addresses: which texts are accepted, and their canonical form. */

/** source: inferred; the vendor's pages give no rule. Letters, digits and the usual signs; a domain with a dot. */
const ADDRESS =
  /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)+$/i;

const MAX_LENGTH = 254;

/** The address in lower case; undefined if the input is not an e-mail address. */
export function parseEmail(input: unknown): string | undefined {
  if (typeof input !== "string" || input.length > MAX_LENGTH || !ADDRESS.test(input)) return undefined;
  return input.toLowerCase();
}

export function localPart(address: string): string {
  return address.slice(0, address.indexOf("@"));
}
