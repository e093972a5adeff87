/** Mobile numbers: which ones the published country rules allow, and their canonical form `+86-15201657312`. */

interface CountryRule {
  readonly areaCode: string;
  /** The digits after the area code. */
  readonly national: RegExp;
  /** Whether the number may stand without its area code. */
  readonly home?: true;
}

/**
 * As `GET /api/v2/sdk/country-codes` publishes them, anchored at the national number. The published classes also admit a
 * comma (`[1,4,5]`), surely by mistake; a comma is no digit of a number here.
 */
const publishedRules: readonly CountryRule[] = [
  { areaCode: "86", national: /^1\d{10}$/, home: true },
  { areaCode: "852", national: /^0?[1456789](?:\d{7}|\d{8}|\d{12})$/ },
  { areaCode: "886", national: /^[679](?:\d{7}|\d{8})$/ },
  { areaCode: "853", national: /^0?[1456789](?:\d{7}|\d{8}|\d{12})$/ },
];

/** source: inferred. The published list goes on beyond what is known of it; for the rest, the 15 digits of E.164. */
const OTHER_NATIONAL = /^\d{4,12}$/;

/** Area codes of one and two digits as the ITU assigns them; all others have three. None is the beginning of another. */
const SHORT_AREA_CODE = /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

export interface Mobile {
  /** `+<area code>-<national number>`. */
  readonly canonical: string;
  readonly national: string;
  /** Whether it was written with its area code. */
  readonly withAreaCode: boolean;
}

/** The number that a text means, or undefined for what no rule allows. */
export function parseMobile(input: unknown): Mobile | undefined {
  if (typeof input !== "string") return undefined;
  const [, head, tail] = /^\+([1-9]\d*)(?:-(\d+))?$/.exec(input) ?? [];
  if (head === undefined) return homeNumber(input);
  const areaCode = SHORT_AREA_CODE.exec(head)?.[0] ?? head.slice(0, 3);
  if (isCutShort(areaCode) || (tail !== undefined && head !== areaCode)) return undefined;
  const national = tail ?? head.slice(areaCode.length);
  const rule = publishedRules.find((candidate) => candidate.areaCode === areaCode)?.national ?? OTHER_NATIONAL;
  if (!rule.test(national)) return undefined;
  return { canonical: `+${areaCode}-${national}`, national, withAreaCode: true };
}

/** Whether it is the beginning of an area code of three digits. */
function isCutShort(areaCode: string): boolean {
  return areaCode.length < 3 && !SHORT_AREA_CODE.test(areaCode);
}

/** The published rule for China also allows a dash without an area code before it. */
function homeNumber(input: string): Mobile | undefined {
  const national = input.replace(/^-/, "");
  for (const rule of publishedRules) {
    if (rule.home && rule.national.test(national)) {
      return { canonical: `+${rule.areaCode}-${national}`, national, withAreaCode: false };
    }
  }
  return undefined;
}

/** The number without its area code. */
export function nationalPart(canonical: string): string {
  return canonical.slice(canonical.indexOf("-") + 1);
}
