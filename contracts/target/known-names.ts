/** Names that a target may use about itself, and a message with the closest one for a name that does not exist. */
import { closest, distance } from "fastest-levenshtein";

/** The target describes itself with a name or a value that does not exist: a mistake of its author, not of the API. */
export class DescriptionError extends Error {
  override readonly name = "DescriptionError";
}

export interface Names {
  /** Who lists them, such as "the target my-backend". */
  readonly owner: string;
  /** The field, such as "operations". */
  readonly field: string;
  /** One of them in words, such as "operation". */
  readonly kind: string;
  readonly known: readonly string[];
}

/** Throws `DescriptionError` unless the value is absent or a list of known names. */
export function assertKnownNames(value: unknown, names: Names): void {
  if (value === undefined) return;
  const { owner, field, kind } = names;
  if (!Array.isArray(value))
    throw new DescriptionError(`${owner}: "${field}" must be a list, such as ${example(names)}`);
  const unknown: unknown = value.find((one) => !names.known.includes(one as string));
  if (unknown === undefined) return;
  throw new DescriptionError(
    `${owner}: "${field}" has the unknown ${kind} ${JSON.stringify(unknown)}; ${advice(unknown, names.known)}`,
  );
}

/** Throws `DescriptionError` unless the value is absent or known. */
export function assertKnownValue(value: unknown, { owner, field, known }: Omit<Names, "kind">): void {
  if (value === undefined || known.includes(value as string)) return;
  throw new DescriptionError(
    `${owner}: "${field}" has the unknown value ${JSON.stringify(value)}; ${advice(value, known)}`,
  );
}

/**
 * Throws `DescriptionError` for a field whose name is nearly a known one that is absent. Other fields are left alone: a
 * target may have its own.
 */
export function assertNoMisspelling(fields: readonly string[], { owner, known }: Pick<Names, "owner" | "known">): void {
  const absent = known.filter((name) => name.length >= SHORTEST_FIELD && !fields.includes(name));
  for (const field of fields) {
    const meant = known.includes(field) ? undefined : nearest(field, absent, 1);
    if (meant !== undefined) throw new DescriptionError(`${owner}: unknown field "${field}"; did you mean "${meant}"?`);
  }
}

/** A shorter name, such as "close", is near too many words. */
const SHORTEST_FIELD = 6;
/** A name may come from another machine, and comparing more than this does not change the closest match. */
const LONGEST_NAME = 100;

function advice(value: unknown, known: readonly string[]): string {
  const name = String(value).slice(0, LONGEST_NAME);
  const meant = nearest(name, known, Math.max(1, name.length / 3));
  return meant === undefined ? `expected one of ${known.join(", ")}` : `did you mean "${meant}"?`;
}

/** The closest name, if it differs in at most this many characters. */
function nearest(name: string, known: readonly string[], most: number): string | undefined {
  if (known.length === 0) return undefined;
  const found = closest(name.slice(0, LONGEST_NAME), [...known]);
  return distance(name.toLowerCase(), found.toLowerCase()) <= most ? found : undefined;
}

function example({ known }: Names): string {
  return JSON.stringify(known.slice(0, 2));
}
