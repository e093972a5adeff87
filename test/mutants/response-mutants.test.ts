/** Responses that are wrong in any one way are noticed, for every operation and error. */
import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { allCases } from "../../contracts/all-cases.ts";
import { readSpec } from "../../contracts/spec/read-spec.ts";
import { grouped } from "./grouped.ts";
import { DIALECT } from "./response-mutants.ts";
import { type Tried, triedResponseMutants } from "./response-trial.ts";

const FEWEST_WAYS = 10;

const spec = readSpec(readFileSync(new URL("../../openapi.yaml", import.meta.url), "utf8"));
let tried: readonly Tried[] = [];
beforeAll(async () => {
  tried = await triedResponseMutants(spec, allCases);
}, 540_000);

test("some case requests every wrong response", () => {
  expect(tried.filter(({ reached }) => !reached).map(inWords)).toEqual([]);
});

test("every wrong response is noticed", () => {
  expect(tried.filter(({ killedBy }) => killedBy === undefined).map(inWords)).toEqual([]);
});

test("every error of every operation has at least ten wrong responses", () => {
  const ways = grouped(tried, ({ mutant: { operation, code } }) => `${operation} ${code}`);
  const documented = spec.operations
    .filter(({ dialect }) => dialect === DIALECT)
    .flatMap(({ id, errors }) => [...errors.values()].map(({ code }) => `${id} ${code}`));
  expect(documented.filter((place) => (ways.get(place)?.length ?? 0) < FEWEST_WAYS)).toEqual([]);
});

function inWords({ mutant: { operation, code = "success", operator } }: Tried): string {
  return `${operation} ${code}: ${operator}`;
}
