/** Fields of a request body. A field of a wrong type counts as missing; source: inferred. */

/** The value, unchanged, if it is a text with more than blanks; otherwise undefined. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

/** What is wrong with a required field, for the journal; undefined if it is a text with more than blanks. */
export function missing(name: string, value: unknown): string | undefined {
  if (textOf(value) !== undefined) return undefined;
  if (value === undefined) return `${name} is absent`;
  return typeof value === "string" ? `${name} is blank` : `${name} is not a text`;
}
