/** Runs the suite in its own vitest, and makes the report. */
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Reporter, TestModule } from "vitest/node";
import { allCases } from "../all-cases.ts";
import type { Report } from "../reports/report.ts";
import { summarize } from "../reports/summary.ts";
import { openChoices } from "../runner/choices.ts";
import { coverageOf } from "../runner/coverage.ts";
import { type KnownFailure, reconciled } from "../runner/known-failing.ts";
import type { CaseResult } from "../runner/outcome.ts";
import { ordered, selected } from "../runner/plan.ts";
import type { RunFacts } from "../runner/run.ts";
import { today } from "../runner/today.ts";
import type { Spec } from "../spec/types.ts";
import type { ControlTargetOptions } from "../target/control-client.ts";
import type { ModuleTargetOptions } from "../target/module-target.ts";
import type { ContractOptions } from "./suite.ts";

/** Crosses from the command to the test process: plain data only. */
export interface VerifyOptions {
  readonly target: Omit<ControlTargetOptions, "fetch"> | ModuleTargetOptions;
  readonly options: Omit<ContractOptions, "knownFailing"> & { readonly seed: string };
}

/** How many cases run in parallel. */
const CONCURRENCY = 16;

/** Runs the cases and returns the report. Throws for an error in the suite itself or in vitest. */
export async function verify(
  spec: Spec,
  options: VerifyOptions,
  knownFailing: readonly KnownFailure[],
  version: string,
): Promise<Report> {
  const { results, facts } = await runTests(options);
  const wanted = selected(ordered(spec, allCases), options.options.only);
  const missing = wanted.filter(({ id }) => !results.has(id));
  if (facts === undefined || missing.length > 0) {
    throw new Error(`The test process returned no result for ${missing.length} of ${wanted.length} cases`);
  }
  const found = wanted.map(({ id }) => results.get(id) as CaseResult);
  const allIds = allCases.map(({ id }) => id);
  const { cases, stale } = reconciled(found, knownFailing, allIds, today());
  return {
    tool: { name: "ciam-testkit", version },
    ...facts,
    summary: summarize(cases),
    cases,
    coverage: coverageOf(spec, facts.target.operations, cases),
    stale_entries: stale,
    choices: openChoices(cases),
  };
}

interface Collected {
  readonly results: ReadonlyMap<string, CaseResult>;
  readonly facts: RunFacts | undefined;
}

async function runTests(options: VerifyOptions): Promise<Collected> {
  const { startVitest } = await vitestNode();
  const modules: TestModule[] = [];
  const errors: string[] = [];
  const reporter: Reporter = {
    // The author of a target module needs its console output.
    onUserConsoleLog: ({ content }) => void process.stderr.write(content),
    onTestRunEnd(ended, unhandled) {
      modules.push(...ended);
      errors.push(...[...unhandled, ...ended.flatMap((module) => module.errors())].map(({ message }) => message));
    },
  };
  const here = fileURLToPath(import.meta.url);
  const vitest = await startVitest(
    "test",
    [],
    {
      root: dirname(here),
      config: false,
      watch: false,
      // Relative to the root: vitest reads a path as a pattern, and a folder name may contain "(a) [b]".
      include: [`verify.suite${extname(here)}`],
      exclude: [],
      reporters: [reporter],
      pool: "threads",
      isolate: false,
      maxWorkers: 1,
      maxConcurrency: CONCURRENCY,
      provide: { ciamVerify: options },
    },
    { logLevel: "error", cacheDir: join(tmpdir(), "ciam-testkit") },
  );
  await vitest.close();
  // A failed case is a result; it must not fail this process.
  process.exitCode = 0;
  if (errors.length > 0) throw new Error(`Errors outside the cases: ${errors.join("; ")}`);
  return collected(modules);
}

function collected(modules: readonly TestModule[]): Collected {
  const results = modules
    .flatMap((module) => [...module.children.allTests()])
    .map((test) => test.meta().ciamCase)
    .filter((result) => result !== undefined);
  const facts = modules.map((module) => module.meta().ciamRun).find((one) => one !== undefined);
  return { results: new Map(results.map((result) => [result.id, result])), facts };
}

/** vitest is an optional peer: users of the mock alone do not need it. */
async function vitestNode(): Promise<typeof import("vitest/node")> {
  return import("vitest/node").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new VitestMissing();
  });
}

export class VitestMissing extends Error {
  constructor() {
    super("verify needs vitest, which is not installed here.\nInstall it: npm install --save-dev vitest");
  }
}
