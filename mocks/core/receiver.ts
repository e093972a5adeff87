/** The receiver of a message, a mobile number or an e-mail address, in canonical form. */
import { parseEmail } from "./email.ts";
import { parseMobile } from "./mobile.ts";

/** The number or address in canonical form; any other text unchanged. */
export function canonicalReceiver(input: string): string {
  return parseMobile(input)?.canonical ?? parseEmail(input) ?? input;
}

/** Whether the text is a mobile number or an e-mail address. */
export function isReceiver(input: string): boolean {
  return parseMobile(input) !== undefined || parseEmail(input) !== undefined;
}
