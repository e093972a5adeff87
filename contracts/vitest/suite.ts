/** Declares the cases as vitest tests, in your own run. */
import { afterAll, beforeAll, describe, type TestContext, test } from "vitest";
import { allCases } from "../all-cases.ts";
import type { Outcome } from "../reports/report.ts";
import { type KnownFailure, reconciled } from "../runner/known-failing.ts";
import type { CaseResult } from "../runner/outcome.ts";
import { inRunningOrder, type Selection, selected } from "../runner/plan.ts";
import { openRun, type Run, type RunFacts, type TargetSource } from "../runner/run.ts";
import { today } from "../runner/today.ts";
import type { VerdictOptions } from "../runner/verdict.ts";
import { packagedSpec } from "../spec/spec-file.ts";

export interface ContractOptions extends Selection, VerdictOptions {
  /** The name of the target while it is unreachable. */
  readonly name?: string;
  /** The same seed makes the same requests. By default random for each run; the name of the suite shows it. */
  readonly seed?: string;
  readonly knownFailing?: readonly KnownFailure[];
  /** Time limit of one request; by default 10 s. */
  readonly timeoutMs?: number;
  /** The greatest number of requests per second, control calls included; by default no limit. */
  readonly rate?: number;
}

declare module "vitest" {
  interface TaskMeta {
    /** The result of the case, for a reporter. */
    ciamCase?: CaseResult;
    /** Facts about the run, on the test file. */
    ciamRun?: RunFacts;
  }
}

/** No time limit: cases that must run alone wait for others, and each request has its own limit. */
const CASE_TIMEOUT_MS = 300_000;

/**
 * Declares one test for each case. A blocked or not applicable case is skipped with the reason. A failure shows the
 * expected value, the value received, and a command to reproduce it.
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

    // Without it, a run whose target cannot be used in part would be green: those cases are only skipped.
    test("the run has a conclusion about the target", async () => {
      const { inconclusive } = (await run).facts;
      if (inconclusive !== null) throw new Error(inconclusive);
    });
    for (const one of inRunningOrder(cases)) {
      test.concurrent(`${one.id}: ${one.title}`, { timeout: CASE_TIMEOUT_MS }, async (context) => {
        const { facts, outcome } = await run;
        const result = await outcome(one);
        context.task.meta.ciamCase = result;
        context.task.file.meta.ciamRun = facts;
        const [listed = result] = reconciled([result], knownFailing, [one.id], today()).cases;
        tell(context, listed);
      });
    }
    for (const { pattern, why } of reconciled(
      [],
      knownFailing,
      allCases.map(({ id }) => id),
      today(),
    ).stale) {
      test(`known failure ${pattern}`, () => {
        throw new Error(`Remove this entry from the list: it ${why}`);
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
  throw new Error(`${reason}${repeat === "" ? "" : `\nTo reproduce it:\n${repeat}`}`);
}
