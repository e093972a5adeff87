/** Phone numbers in GenAuth's form: the national number and the country code in separate fields. */
import { nationalPart, parseMobile } from "../../core/mobile.ts";
import { textOf } from "../../dialect-kit/fields.ts";

/** source: documented. The country code is optional for numbers of mainland China. */
const HOME_CODE = "+86";

/** The number in canonical form; undefined if no rule accepts it. */
export function canonicalPhone(number: unknown, countryCode: unknown): string | undefined {
  const national = textOf(number);
  const code = countryCode === undefined || countryCode === null ? HOME_CODE : textOf(countryCode);
  if (national === undefined || code === undefined) return undefined;
  return parseMobile(`${code}-${national}`)?.canonical;
}

/** The two fields of a profile that hold the number. */
export function phoneFields(mobile: string | undefined) {
  if (mobile === undefined) return { phone: null, phoneCountryCode: null };
  return { phone: nationalPart(mobile), phoneCountryCode: mobile.slice(0, mobile.indexOf("-")) };
}
