/** Numbers as GenAuth writes them: the national number, and the country code apart from it. */
import { nationalPart, parseMobile } from "../../core/mobile.ts";
import { textOf } from "../../dialect-kit/fields.ts";

/** Documented as optional for numbers of mainland China. */
const HOME_CODE = "+86";

/** The number in canonical form; undefined for what no rule allows. */
export function canonicalPhone(number: unknown, countryCode: unknown): string | undefined {
  const national = textOf(number);
  const code = countryCode === undefined || countryCode === null ? HOME_CODE : textOf(countryCode);
  if (national === undefined || code === undefined) return undefined;
  return parseMobile(`${code}-${national}`)?.canonical;
}

/** The two members that a profile has of a number. */
export function phoneMembers(mobile: string | undefined) {
  if (mobile === undefined) return { phone: null, phoneCountryCode: null };
  return { phone: nationalPart(mobile), phoneCountryCode: mobile.slice(0, mobile.indexOf("-")) };
}
