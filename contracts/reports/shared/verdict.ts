/** The verdict of a run, in one word and in one sentence. */
import { exitCode } from "../exit-code.ts";
import type { Report } from "../report.ts";
import { driven, summarize } from "../summary.ts";

export type Verdict = "conforms" | "violates" | "inconclusive";

/** The minimum `driven_percent` is not part of the verdict; the command line checks it. */
export function verdictOf(report: Report): Verdict {
  const code = exitCode(report);
  if (code === 3) return "inconclusive";
  return code === 1 ? "violates" : "conforms";
}

/** Why the run has no full conclusion about the target; empty if it has one. */
export function causeOfDoubt({ inconclusive, cases }: Report): string {
  const { errors, total } = summarize(cases);
  if (inconclusive !== null) return inconclusive;
  if (errors > 0) return `${errors} of ${total} cases ended without a result`;
  return nothingDriven({ cases }) ? "no case was executed" : "";
}

/** Then the matrix is left out: it would show the same reason in every cell. */
export function nothingDriven({ cases }: Pick<Report, "cases">): boolean {
  return driven(summarize(cases)) === 0;
}
