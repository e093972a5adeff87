/** The text of a field of a body, as this backend reads it. */
import type { Choices } from "./options.ts";

/** undefined when the value counts as missing. */
export function textOf(value: unknown, { numbersAsTexts, blankFields }: Choices): string | undefined {
  const text = numbersAsTexts && typeof value === "number" ? String(value) : value;
  if (typeof text !== "string") return undefined;
  const isMissing = blankFields === "missing" ? text.trim() === "" : text === "";
  return isMissing ? undefined : text;
}
