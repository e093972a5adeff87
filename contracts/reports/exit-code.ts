/** The exit code of a run. Wrong usage (2) ends before there is a report. */
import type { Report } from "./report.ts";
import { driven, summarize } from "./summary.ts";

const CONFORMS = 0;
const VIOLATES = 1;
const INCONCLUSIVE = 3;
const TOO_LITTLE_DRIVEN = 4;

export interface ExitCodeOptions {
  /** The smallest `driven_percent` that passes. */
  readonly requirePercent?: number | undefined;
}

export function exitCode(report: Report, { requirePercent = 0 }: ExitCodeOptions = {}): 0 | 1 | 3 | 4 {
  // Counts the cases again: a failed case must never end in 0, whatever the summary says.
  const summary = summarize(report.cases);
  if (report.inconclusive !== null || summary.errors > 0 || driven(summary) === 0) return INCONCLUSIVE;
  if (summary.failed > 0 || summary.stale > 0 || report.stale_entries.length > 0) return VIOLATES;
  return summary.driven_percent < requirePercent ? TOO_LITTLE_DRIVEN : CONFORMS;
}
