/** Runs all cases against the foreign backend, in process. */
import { allCases } from "../../../contracts/all-cases.ts";
import { controlTarget } from "../../../contracts/index.ts";
import type { CaseResult } from "../../../contracts/runner/outcome.ts";
import { openRun, type RunFacts } from "../../../contracts/runner/run.ts";
import { packagedSpec } from "../../../contracts/spec/spec-file.ts";
import { newBackend } from "../../foreign/backend.ts";
import { type Options, withOptions } from "../../foreign/options.ts";
import { EVERYTHING } from "../../foreign/presets.ts";
import { sideBySide } from "./side-by-side.ts";

const SEED = "foreign";
const AT_ONCE = 16;
const spec = packagedSpec();

export interface VariantRun {
  readonly facts: RunFacts;
  readonly results: readonly CaseResult[];
}

/** The whole backend, but for these options. */
export async function runVariant(options: Options): Promise<VariantRun> {
  const { fetch, clientId } = newBackend({ choices: withOptions(EVERYTHING, options) });
  const open = () => controlTarget({ baseUrl: "http://foreign.test", clientId, fetch });
  const run = await openRun(spec, open, { seed: SEED });
  const results = await sideBySide(allCases, AT_ONCE, (one) => run.outcome(one));
  await run.close();
  return { facts: run.facts, results };
}
