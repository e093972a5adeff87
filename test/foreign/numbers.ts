/** The form of a number and of an address. Knows nothing of HTTP or of accounts. */
import type { Spelling } from "./figures.ts";
import type { Choices } from "./options.ts";

interface NumberForms {
  readonly spellings: readonly Spelling[];
  readonly foreignNumbers: boolean;
  readonly leadingDash: boolean;
}

/** The countries whose rules the vendor publishes (page get-country-codes), each with its national digits. */
const abroad: readonly { readonly prefix: string; readonly form: RegExp }[] = [
  { prefix: "+852", form: /^\+852-?0?([14-9](?:\d{7}|\d{8}|\d{12}))$/ },
  { prefix: "+886", form: /^\+886-?([679](?:\d{7}|\d{8}))$/ },
  { prefix: "+853", form: /^\+853-?0?([14-9](?:\d{7}|\d{8}|\d{12}))$/ },
];
const elsewhere = /^\+(?!86|852|853|886)([1-9]\d{0,2})-?(\d{5,12})$/;

const mainland: Readonly<Record<Spelling, RegExp>> = {
  plain: /^-?(1\d{10})$/,
  joined: /^\+86(1\d{10})$/,
  dashed: /^\+86-(1\d{10})$/,
};

/** The canonical number: eleven digits for mainland China, `+` and all digits for other countries. */
export function mobileFrom(text: string, { spellings, foreignNumbers, leadingDash }: NumberForms): string | undefined {
  if (text.startsWith("-") && !leadingDash) return undefined;
  for (const spelling of spellings) {
    const digits = mainland[spelling].exec(text)?.[1];
    if (digits !== undefined) return digits;
  }
  if (!foreignNumbers) return undefined;
  for (const { prefix, form } of abroad) {
    const digits = form.exec(text)?.[1];
    if (digits !== undefined) return prefix + digits;
  }
  const [, areaCode, digits] = elsewhere.exec(text) ?? [];
  return digits === undefined ? undefined : `+${areaCode}${digits}`;
}

/** A canonical number in another spelling; numbers of other countries have one. */
export function spelled(mobile: string, spelling: Spelling): string {
  if (mobile.startsWith("+") || spelling === "plain") return mobile;
  return spelling === "joined" ? `+86${mobile}` : `+86-${mobile}`;
}

const addressForms = {
  usual: /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@(?:[a-z\d-]+\.)+[a-z]{2,}$/i,
  // Something, an @, something: neither blanks nor invisible characters.
  loose: /^[^@\s\p{C}]+@[^@\s\p{C}]+$/u,
  // No plus sign, no other signs, and top-level domains of two to six letters.
  strict: /^[a-z\d]+(?:[._-][a-z\d]+)*@(?:[a-z\d]+(?:-[a-z\d]+)*\.)+[a-z]{2,6}$/i,
};

const LONGEST_ADDRESS = 254;

export function isEmail(text: string, { addresses }: Pick<Choices, "addresses">): boolean {
  return (addresses === "loose" || text.length <= LONGEST_ADDRESS) && addressForms[addresses].test(text);
}
