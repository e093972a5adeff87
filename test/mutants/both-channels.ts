/** Shared parts of the mutants of sendSms and sendEmail. */

/** The same case for both. */
export function both(...names: readonly string[]): string[] {
  return names.flatMap((name) => [`sendSms/${name}`, `sendEmail/${name}`]);
}

/** In `http/handle.ts`: the checks of an operation, one after the other. */
export const WALK = "for (const name of entry.checks) {";

/** The same, with this check before all others. */
export function askedFirst(check: string): string {
  return `for (const name of ["${check}", ...entry.checks].filter((one) => entry.checks.includes(one))) {`;
}
