/**
 * Looks for flakes: the whole suite against the HTTP mock again and again, in another order each time, sixteen cases at once, in
 * about half of the runs with a sandbox for each case, in the others with one world for all. Not a part of `npm test`:
 * `npx node test/contracts/shuffle.ts [<runs>] [--seed <text>]`, 200 runs by default. Exits with 1 at the first run in which a
 * case does not pass, and says how to repeat it.
 */
import { createHash, randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { allCases } from "../../contracts/all-cases.ts";
import { controlTarget, type Target } from "../../contracts/index.ts";
import type { CaseResult } from "../../contracts/runner/outcome.ts";
import { openRun } from "../../contracts/runner/run.ts";
import { sideBySide } from "../../contracts/runner/side-by-side.ts";
import { packagedSpec } from "../../contracts/spec/spec-file.ts";
import { serve } from "../../mocks/adapters/node/server.ts";
import { createMock } from "../../mocks/index.ts";

const AT_ONCE = 16;
const RUNS = 200;

const { positionals, values } = parseArgs({ allowPositionals: true, options: { seed: { type: "string" } } });
const [runs = RUNS] = positionals.map(Number);
const { seed = randomUUID().slice(0, 8) } = values;
const spec = packagedSpec();

let total = 0;
for (let run = 1; run <= runs; run++) {
  // The first run has the seed as given, so that each run can be repeated as the first one.
  total += await shuffledRun(run === 1 ? seed : `${seed}.${run}`, `run ${run} of ${runs}`);
}
say(`${runs} runs: all ${total} cases passed`);

/** The number of passed cases; ends the process if one has not passed. */
async function shuffledRun(own: string, name: string): Promise<number> {
  const shares = digest(own) < "8";
  const cases = shuffled(shares ? allCases.filter(({ requires }) => !requires.includes("sandboxes")) : allCases, own);
  const results = await resultsOf(cases, own, shares ? withoutSandboxes : (target) => target);
  const others = results.filter(({ outcome }) => outcome !== "passed");
  const passed = results.length - others.length;
  say(`${name}, seed ${own}, ${shares ? "one world for all" : "a sandbox each"}: ${passed} of ${cases.length} passed`);
  if (passed === cases.length && passed > 0) return passed;
  for (const { id, outcome, reason } of others) say(`  ${id}: ${outcome}, ${reason}`);
  say(`To repeat it: npx node test/contracts/shuffle.ts 1 --seed ${own}`);
  process.exit(1);
}

async function resultsOf(
  cases: typeof allCases,
  own: string,
  as: (target: Target) => Target,
): Promise<readonly CaseResult[]> {
  const server = await serve(createMock({ seed: own }), { port: 0 });
  const open = async () => as(await controlTarget({ baseUrl: server.url }));
  const run = await openRun(spec, open, { seed: own, strictOrder: true });
  const results = await sideBySide(cases, AT_ONCE, run.outcome);
  await run.close();
  await server.close();
  return results;
}

function withoutSandboxes({ openSandbox: _, ...target }: Target): Target {
  return target;
}

function shuffled(cases: typeof allCases, own: string): typeof allCases {
  return cases.toSorted((one, other) => (digest(`${own} ${one.id}`) < digest(`${own} ${other.id}`) ? -1 : 1));
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
