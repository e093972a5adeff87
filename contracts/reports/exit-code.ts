/** What a run tells the shell. Wrong usage, which is 2, never gets as far as a report. */
import type { Report } from "./report.ts";
import { driven, summarize } from "./summary.ts";

const CONFORMS = 0;
const VIOLATES = 1;
const INCONCLUSIVE = 3;
const TOO_LITTLE_DRIVEN = 4;

export interface ExitCodeOptions {
  /** The least `driven_percent` that is enough. */
  readonly requirePercent?: number | undefined;
}

export function exitCode(report: Report, { requirePercent = 0 }: ExitCodeOptions = {}): 0 | 1 | 3 | 4 {
  // Counted anew: whatever else a report claims, a case that failed must never end in 0.
  const summary = summarize(report.cases);
  if (report.inconclusive !== null || summary.errors > 0 || driven(summary) === 0) return INCONCLUSIVE;
  if (summary.failed > 0 || summary.stale > 0 || report.stale_entries.length > 0) return VIOLATES;
  return summary.driven_percent < requirePercent ? TOO_LITTLE_DRIVEN : CONFORMS;
}
