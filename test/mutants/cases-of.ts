/** Ids of an operation's cases, so that a mutant need not say it with each. */

export function casesOf(operation: string): (...names: readonly string[]) => readonly string[] {
  return (...names) => names.map((name) => `${operation}/${name}`);
}
