/** The text of a field of a body, as this backend reads it. */
import type { Choices } from "./options.ts";

const RECEIVERS: readonly string[] = ["mobile", "email", "sender", "phoneNumber", "newPhoneNumber", "oldPhoneNumber"];

/** undefined when the field is absent, or counts as missing. */
export function textOf(
  fields: Readonly<Record<string, unknown>>,
  name: string,
  { numbersAsTexts, blankFields, trimsReceivers }: Choices,
): string | undefined {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  const text = numbersAsTexts && typeof value === "number" ? String(value) : value;
  if (typeof text !== "string") return undefined;
  const isMissing = blankFields === "missing" ? text.trim() === "" : text === "";
  if (isMissing) return undefined;
  return trimsReceivers && RECEIVERS.includes(name) ? text.trim() : text;
}
