/** Builds the ids of an operation's cases. */

export function casesOf(operation: string): (...names: readonly string[]) => readonly string[] {
  return (...names) => names.map((name) => `${operation}/${name}`);
}
