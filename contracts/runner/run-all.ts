/** Runs the selected cases, a few side by side, and makes the report. Needs no test runner. */

import { allCases } from "../all-cases.ts";
import type { Report, ReportedCase } from "../reports/report.ts";
import { reportedCauses } from "../reports/shared/causes.ts";
import { summarize } from "../reports/summary.ts";
import type { Spec } from "../spec/types.ts";
import { Interrupted } from "../world/session.ts";
import { openChoices } from "./choices.ts";
import { coverageOf } from "./coverage.ts";
import { type KnownFailure, reconciled } from "./known-failing.ts";
import { lateHints } from "./late-hints.ts";
import type { CaseResult } from "./outcome.ts";
import { inRunningOrder } from "./plan.ts";
import { openRun, type Run, type RunOptions, type TargetSource } from "./run.ts";
import { sideBySide } from "./side-by-side.ts";
import { today } from "./today.ts";

export interface RunAllOptions extends RunOptions {
  /** The version of the tool, for the report. */
  readonly version: string;
  readonly knownFailing?: readonly KnownFailure[];
  /** How many cases run side by side; by default 16. */
  readonly atOnce?: number;
  /** Called after each case. */
  readonly onProgress?: (progress: Progress) => void;
  /** Called after the last case: why the run has no conclusion, although each case has a result. */
  readonly doubt?: () => string | undefined;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** Cases that make the run fail: failed or stale. */
  readonly failed: number;
  readonly errors: number;
}

const AT_ONCE = 16;

/** Never throws because of a target; the report then says that the run is inconclusive. */
export async function runAll(spec: Spec, source: TargetSource, options: RunAllOptions): Promise<Report> {
  const run = await openRun(spec, source, options);
  const found = await resultsOf(run, options);
  const leftOpen = await run.close().then(() => undefined, inWords);
  const allIds = allCases.map(({ id }) => id);
  const { cases, stale } = reconciled(found, options.knownFailing ?? [], allIds, today());
  return {
    tool: { name: "ciam-testkit", version: options.version },
    ...run.facts,
    inconclusive: run.facts.inconclusive ?? interruption(found, options) ?? options.doubt?.() ?? leftOpen ?? null,
    summary: summarize(cases),
    cases,
    coverage: coverageOf(spec, run.facts.target.operations, cases),
    stale_entries: stale,
    hints: [...run.facts.hints, ...lateHints(cases, run.facts.target.capabilities)],
    choices: openChoices(cases),
    causes: reportedCauses(cases),
  };
}

/** In the order of the plan. */
async function resultsOf(run: Run, options: RunAllOptions): Promise<readonly CaseResult[]> {
  const { atOnce = AT_ONCE, knownFailing = [], onProgress } = options;
  const planned = run.entries.map((entry) => entry.case);
  const counts = { done: 0, total: planned.length, failed: 0, errors: 0 };
  const results = new Map<string, CaseResult>();
  const day = today();
  await sideBySide(inRunningOrder(planned), atOnce, async (one) => {
    const result = await run.outcome(one);
    results.set(one.id, result);
    const [listed]: readonly Pick<ReportedCase, "outcome">[] = reconciled([result], knownFailing, [one.id], day).cases;
    counts.done += 1;
    if (listed?.outcome === "failed" || listed?.outcome === "stale") counts.failed += 1;
    if (listed?.outcome === "error") counts.errors += 1;
    onProgress?.({ ...counts });
  });
  return planned.flatMap(({ id }) => results.get(id) ?? []);
}

function interruption(found: readonly CaseResult[], { signal }: RunAllOptions): string | undefined {
  if (!signal?.aborted) return undefined;
  const { message } = new Interrupted();
  const ended = found.filter(({ reason }) => reason !== message);
  return `${message} after ${ended.length} of ${found.length} cases`;
}

function inWords(error: unknown): string {
  return `The target could not be closed: ${error instanceof Error ? error.message : String(error)}`;
}
