/** Counts outcomes. */
import type { Outcome, ReportedCase, Summary } from "./report.ts";

type Counted = Exclude<keyof Summary, "total" | "driven_percent">;

/** The name of each outcome in a summary, in the order of a summary. */
export const countOf = {
  passed: "passed",
  failed: "failed",
  blocked: "blocked",
  "not-applicable": "not_applicable",
  known: "known",
  stale: "stale",
  finding: "findings",
  error: "errors",
} as const satisfies Record<Outcome, Counted>;

export function summarize(cases: readonly Pick<ReportedCase, "outcome">[]): Summary {
  const counts: Record<Counted, number> = {
    passed: 0,
    failed: 0,
    blocked: 0,
    not_applicable: 0,
    known: 0,
    stale: 0,
    findings: 0,
    errors: 0,
  };
  for (const { outcome } of cases) counts[countOf[outcome]] += 1;
  return { ...counts, total: cases.length, driven_percent: drivenPercent(counts, cases.length) };
}

/** The cases that ended with a conclusion about the target. */
export function driven({ passed, failed, known, stale, findings }: Omit<Summary, "total" | "driven_percent">): number {
  return passed + failed + known + stale + findings;
}

/** Rounded down, so that 100 means all. */
function drivenPercent(counts: Record<Counted, number>, total: number): number {
  const applicable = total - counts.not_applicable;
  return applicable === 0 ? 0 : Math.floor((driven(counts) * 1000) / applicable) / 10;
}
