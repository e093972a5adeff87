/** What a run comes to, in one word and in one sentence. */
import { exitCode } from "../exit-code.ts";
import type { Report } from "../report.ts";
import { driven, summarize } from "../summary.ts";

export type Verdict = "conforms" | "violates" | "inconclusive";

/** Whether enough was driven is not its business: that is asked of the command line. */
export function verdictOf(report: Report): Verdict {
  const code = exitCode(report);
  if (code === 3) return "inconclusive";
  return code === 1 ? "violates" : "conforms";
}

/** Why nothing, or not everything, can be said of the target; empty where there is nothing to explain. */
export function causeOfDoubt({ inconclusive, cases }: Report): string {
  const { errors, total } = summarize(cases);
  if (inconclusive !== null) return inconclusive;
  if (errors > 0) return `${errors} of ${total} cases came to no result`;
  return nothingDriven({ cases }) ? "nothing was executed" : "";
}

/** A matrix would then show one cause, many times. */
export function nothingDriven({ cases }: Pick<Report, "cases">): boolean {
  return driven(summarize(cases)) === 0;
}
