/** Counts outcomes. Knows neither why they are what they are, nor who reads the figures. */
import type { Outcome, ReportedCase, Summary } from "./report.ts";

type Counted = Exclude<keyof Summary, "total" | "driven_percent">;

/** What each outcome is counted as in a summary, in the order in which summaries are read. */
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

/** How many cases got an answer that says something about the target. */
export function driven({ passed, failed, known, stale, findings }: Omit<Summary, "total" | "driven_percent">): number {
  return passed + failed + known + stale + findings;
}

/** Rounded down: 100 means that nothing was left out. */
function drivenPercent(counts: Record<Counted, number>, total: number): number {
  const applicable = total - counts.not_applicable;
  return applicable === 0 ? 0 : Math.floor((driven(counts) * 1000) / applicable) / 10;
}
