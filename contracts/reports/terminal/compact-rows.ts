/** Leaves out rows without a result: when the target has no control calls, they would be most of the output. */
import type { Outcome } from "../report.ts";

/** A few such rows are worth their names. */
const MOST_BLOCKED_ROWS = 3;
const WITHOUT_RESULT: ReadonlySet<Outcome> = new Set(["blocked", "not-applicable"]);

/** The rows with a result, and whether rows are left out. */
export function withoutBlocked<R>(
  rows: readonly R[],
  outcomesOf: (row: R) => readonly Outcome[],
): { readonly rows: readonly R[]; readonly isShortened: boolean } {
  const isBlocked = (row: R) => outcomesOf(row).every((outcome) => outcome === "blocked");
  const hasResult = (row: R) => outcomesOf(row).some((outcome) => !WITHOUT_RESULT.has(outcome));
  const isShortened = rows.filter(isBlocked).length > MOST_BLOCKED_ROWS;
  return { rows: isShortened ? rows.filter(hasResult) : rows, isShortened };
}
