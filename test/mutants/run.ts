/**
 * Tries deliberate mutants and writes a line of JSON for each: `node test/mutants/run.ts [<share> <shares>] [--only <text>]`.
 * Runs as its own process, because vitest's loader does not support mutants.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { allCases } from "../../contracts/all-cases.ts";
import { readSpec } from "../../contracts/spec/read-spec.ts";
import { allMutants } from "./index.ts";
import { verdictOn, verdictOnNone } from "./trial.ts";
import type { Verdict } from "./verdict.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string", multiple: true } },
});
const [share = 0, shares = 1] = positionals.map(Number);
const { only = [""] } = values;

const suite = {
  spec: readSpec(readFileSync(new URL("../../openapi.yaml", import.meta.url), "utf8")),
  cases: allCases,
};
const mutants = allMutants
  .filter(({ name, file }) => only.some((text) => `${file} ${name}`.includes(text)))
  .filter((_, index) => index % shares === share);

write(await verdictOnNone(mutants, suite));
for (const mutant of mutants) write(await verdictOn(mutant, suite));

function write(verdict: Verdict): void {
  process.stdout.write(`${JSON.stringify(verdict)}\n`);
}
