/** Mobile numbers: which texts the published country rules accept, and their canonical form `+86-15201657312`. */
import type { MobileSpelling, Policy } from "./policy.ts";

interface CountryRule {
  readonly areaCode: string;
  /** The digits after the area code. */
  readonly national: RegExp;
  /** Set if the number may be written without its area code. */
  readonly home?: true;
}

/**
 * source: `GET /api/v2/sdk/country-codes`, anchored at the national number. The published classes also match a comma
 * (`[1,4,5]`), surely by mistake; here a number has digits only.
 */
const publishedRules: readonly CountryRule[] = [
  { areaCode: "86", national: /^1\d{10}$/, home: true },
  { areaCode: "852", national: /^0?[1456789](?:\d{7}|\d{8}|\d{12})$/ },
  { areaCode: "886", national: /^[679](?:\d{7}|\d{8})$/ },
  { areaCode: "853", national: /^0?[1456789](?:\d{7}|\d{8}|\d{12})$/ },
];

/** source: inferred. Only part of the published list is known; other countries get the 15 digits of E.164. */
const OTHER_NATIONAL = /^\d{4,12}$/;

/** The area codes of one and two digits, assigned by the ITU; all others have three. No area code is a prefix of another. */
const SHORT_AREA_CODE = /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

export interface Mobile {
  /** `+<area code>-<national number>`. */
  readonly canonical: string;
  readonly national: string;
  readonly spelling: MobileSpelling;
}

/** The number in the text, if the policy accepts its spelling. */
export function acceptedMobile(input: unknown, { mobile_spellings: accepted }: Policy): Mobile | undefined {
  const mobile = parseMobile(input);
  return mobile !== undefined && accepted.includes(mobile.spelling) ? mobile : undefined;
}

/** Why the text is not an accepted number, for the journal. */
export function notAccepted(input: unknown): string {
  if (parseMobile(input) === undefined) return `${input} is not a valid mobile number`;
  return `numbers that are written like ${input} are not accepted (mobile_spellings)`;
}

/** The number in the text; undefined if no rule accepts it. */
export function parseMobile(input: unknown): Mobile | undefined {
  if (typeof input !== "string") return undefined;
  const [, head, tail] = /^\+([1-9]\d*)(?:-(\d+))?$/.exec(input) ?? [];
  if (head === undefined) return homeNumber(input);
  const areaCode = SHORT_AREA_CODE.exec(head)?.[0] ?? head.slice(0, 3);
  if (isCutShort(areaCode) || (tail !== undefined && head !== areaCode)) return undefined;
  const national = tail ?? head.slice(areaCode.length);
  const rule = publishedRules.find((candidate) => candidate.areaCode === areaCode)?.national ?? OTHER_NATIONAL;
  if (!rule.test(national)) return undefined;
  return { canonical: `+${areaCode}-${national}`, national, spelling: tail === undefined ? "joined" : "dashed" };
}

/** Whether these one or two digits are only the start of an area code of three digits. */
function isCutShort(areaCode: string): boolean {
  return areaCode.length < 3 && !SHORT_AREA_CODE.test(areaCode);
}

/** A number without an area code. The published rule for China also accepts a leading dash. */
function homeNumber(input: string): Mobile | undefined {
  const national = input.replace(/^-/, "");
  for (const rule of publishedRules) {
    if (rule.home && rule.national.test(national)) {
      return { canonical: `+${rule.areaCode}-${national}`, national, spelling: "plain" };
    }
  }
  return undefined;
}

/** The number without its area code. */
export function nationalPart(canonical: string): string {
  return canonical.slice(canonical.indexOf("-") + 1);
}
