/** Normalises numbers and addresses for comparison: a target may write them in any form that the API accepts. */

/** `+86-15201657312`, or an address in lower case; any other text stays as it is. */
export function canonical(receiver: string): string {
  if (receiver.includes("@")) return receiver.toLowerCase();
  const national = /^(?:\+86)?-?(1\d{10})$/.exec(receiver)?.[1];
  return national === undefined ? receiver : `+86-${national}`;
}

/** The number without its area code. */
export function nationalPart(mobile: string): string {
  return canonical(mobile).replace(/^\+\d+-/, "");
}
