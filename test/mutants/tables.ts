/** Prints the number of mutants as Markdown: `node test/mutants/tables.ts`. Tries the response mutants only, which is quick. */
import { readFileSync } from "node:fs";
import { allCases } from "../../contracts/all-cases.ts";
import { selected } from "../../contracts/runner/plan.ts";
import { readSpec } from "../../contracts/spec/read-spec.ts";
import { grouped } from "./grouped.ts";
import { allMutants } from "./index.ts";
import { type Tried, triedResponseMutants } from "./response-trial.ts";

const spec = readSpec(readFileSync(new URL("../../openapi.yaml", import.meta.url), "utf8"));
const tried = await triedResponseMutants(spec, allCases);
process.stdout.write(`${deliberateMutants()}\n\n${responseMutants(tried)}\n`);

/** Operation by category: how many mutants a case notices. A mutant may count in several places. */
function deliberateMutants(): string {
  const axes = [...new Set(allCases.map(({ category }) => category))];
  const victims = allMutants.map(({ kills }) => selected(allCases, kills));
  const count = (operation: string, axis: string) =>
    victims.filter((cases) => cases.some((one) => one.operation === operation && one.category === axis)).length;
  const total = (operation: string) =>
    victims.filter((cases) => cases.some((one) => one.operation === operation)).length;
  const rows = spec.operations.map(({ id }) => [id, ...axes.map((axis) => count(id, axis)), total(id)]);
  return `${allMutants.length} deliberate mutants\n\n${table([["operation", ...axes, "any"], ...rows])}`;
}

/** For each kind of wrong response, the results of its mutants. */
function responseMutants(all: readonly Tried[]): string {
  const groups = grouped(all, operatorOf);
  const rows = [...groups, ["all", all] as const].map(([operator, group]) => [
    operator,
    group.length,
    group.filter(({ killedBy }) => killedBy !== undefined).length,
    group.filter(({ reached }) => !reached).length,
  ]);
  return table([["wrong response", "generated", "killed", "unreached"], ...rows]);
}

function operatorOf({ mutant: { code, operator } }: Tried): string {
  return code === undefined ? `success: ${operator.replace(/^without .*/, "without a field")}` : operator;
}

function table([head = [], ...rows]: readonly (readonly (string | number)[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
