/** Whoever a message goes to, a mobile number or an e-mail address, in the one form in which it is compared. */
import { parseEmail } from "./email.ts";
import { parseMobile } from "./mobile.ts";

/** The canonical number or address; anything else stays as it was written. */
export function canonicalReceiver(input: string): string {
  return parseMobile(input)?.canonical ?? parseEmail(input) ?? input;
}

/** Whether a message can reach it at all. */
export function isReceiver(input: string): boolean {
  return parseMobile(input) !== undefined || parseEmail(input) !== undefined;
}
