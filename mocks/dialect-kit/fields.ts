/** Members of a request body. A wrong type counts as missing; source: inferred. */

/** The text as it was written; undefined for a blank one and for what is no text. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

/** What is wrong with a required member, for the journal; undefined when it is a text. */
export function missing(name: string, value: unknown): string | undefined {
  if (textOf(value) !== undefined) return undefined;
  if (value === undefined) return `${name} is absent`;
  return typeof value === "string" ? `${name} is blank` : `${name} is not a text`;
}
