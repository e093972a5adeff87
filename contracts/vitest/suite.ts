/** Declares the cases as vitest tests, in anyone's own run. Knows nothing of reports. */
import { afterAll, beforeAll, describe, type TestContext, test } from "vitest";
import { allCases } from "../all-cases.ts";
import type { Outcome } from "../reports/report.ts";
import { type KnownFailure, reconciled } from "../runner/known-failing.ts";
import type { CaseResult } from "../runner/outcome.ts";
import { type Selection, selected } from "../runner/plan.ts";
import { openRun, type Run, type RunFacts, type TargetSource } from "../runner/run.ts";
import { today } from "../runner/today.ts";
import { packagedSpec } from "../spec/spec-file.ts";

export interface ContractOptions extends Selection {
  /** What to call the target when it cannot be reached to tell its name. */
  readonly name?: string;
  /** The same seed makes the same requests; by default one drawn for this run, which the name of the suite shows. */
  readonly seed?: string;
  /** Whether the checks must be asked in the order of openapi.yaml. */
  readonly strictOrder?: boolean;
  readonly knownFailing?: readonly KnownFailure[];
  /** How long one request may take; by default 10 s. */
  readonly timeoutMs?: number;
}

declare module "vitest" {
  interface TaskMeta {
    /** What came of the case, for a reporter. */
    ciamCase?: CaseResult;
    /** What the run was about; on the test file. */
    ciamRun?: RunFacts;
  }
}

/** Cases wait for others where they must not run side by side, and each request has a limit of its own. */
const CASE_TIMEOUT_MS = 300_000;

/**
 * Declares one test for each case. What the target lacks, or need not do, is skipped with the reason; a failure shows what was
 * expected, what came, and how to repeat it.
 */
export function describeContract(source: TargetSource, options: ContractOptions = {}): void {
  const { seed = crypto.randomUUID().slice(0, 8), only, knownFailing = [] } = options;
  const cases = selected(allCases, only);
  describe(`contract (seed ${seed})`, () => {
    let run: Promise<Run>;
    beforeAll(async () => {
      run = openRun(packagedSpec(), source, { ...options, seed });
      await run;
    }, CASE_TIMEOUT_MS);
    afterAll(async () => (await run).close());

    // What changes the world for all comes last, so that it keeps nobody waiting.
    for (const one of [...cases.filter((c) => !c.alone), ...cases.filter((c) => c.alone)]) {
      test.concurrent(`${one.id}: ${one.title}`, { timeout: CASE_TIMEOUT_MS }, async (context) => {
        const { facts, outcome } = await run;
        const result = await outcome(one);
        context.task.meta.ciamCase = result;
        context.task.file.meta.ciamRun = facts;
        const [judged = result] = reconciled([result], knownFailing, [one.id], today()).cases;
        tell(context, judged);
      });
    }
    for (const { pattern, why } of reconciled(
      [],
      knownFailing,
      allCases.map(({ id }) => id),
      today(),
    ).stale) {
      test(`known failure ${pattern}`, () => {
        throw new Error(`The entry must go: it ${why}`);
      });
    }
  });
}

type Told = Omit<CaseResult, "outcome"> & { readonly outcome: Outcome };

function tell({ skip }: TestContext, { outcome, reason, exchanges }: Told): void {
  if (outcome === "passed") return;
  const isRed = outcome === "failed" || outcome === "stale" || outcome === "error";
  if (!isRed) skip(`${outcome}: ${reason}`);
  const repeat = exchanges.map(({ curl }) => `  ${curl}`).join("\n");
  throw new Error(`${reason}${repeat === "" ? "" : `\nTo repeat it:\n${repeat}`}`);
}
