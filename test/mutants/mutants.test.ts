/** Every deliberate bug is noticed by the cases that it names, and every case notices one. */
import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { allCases } from "../../contracts/all-cases.ts";
import { pattern } from "../../contracts/runner/plan.ts";
import { readSpec } from "../../contracts/spec/read-spec.ts";
import { allMutants } from "./index.ts";
import { namedCases } from "./named-cases.ts";
import { AS_IT_IS } from "./verdict.ts";
import { verdicts } from "./verdicts.ts";

const FEWEST_MUTANTS = 80;

const spec = readSpec(readFileSync(new URL("../../openapi.yaml", import.meta.url), "utf8"));
const named = allMutants.flatMap((mutant) => namedCases(mutant, allCases, spec));

let complaintsAbout: (mutant: string) => readonly string[];
beforeAll(async () => {
  complaintsAbout = await verdicts();
}, 540_000);

test("without a bug, the cases that mutants name pass", () => {
  expect(complaintsAbout(AS_IT_IS)).toEqual([]);
});

test.each(allMutants)("noticed: $name", ({ name, file }) => {
  expect(complaintsAbout(name), `not noticed: ${name} (mocks/${file})`).toEqual([]);
});

test("every case is named by a mutant", () => {
  expect(allCases.filter((one) => !named.includes(one)).map(({ id }) => id)).toEqual([]);
});

test("every pattern of a mutant matches a case", () => {
  const ids = allCases.map(({ id }) => id);
  const idle = allMutants.flatMap(({ name, kills }) =>
    kills.filter((kill) => !ids.some((id) => pattern(kill).test(id))).map((kill) => `${name}: ${kill}`),
  );
  expect(idle).toEqual([]);
});

test("there are at least eighty mutants with unique names", () => {
  const names = allMutants.map(({ name }) => name);
  expect(names.length).toBeGreaterThanOrEqual(FEWEST_MUTANTS);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test("there are mutants of every operation and every category", () => {
  const operations = spec.operations.map(({ id }) => id);
  expect(operations.filter((id) => !named.some(({ operation }) => operation === id))).toEqual([]);
  const axes = [...new Set(allCases.map(({ category }) => category))];
  expect(axes.filter((axis) => !named.some((one) => one.category === axis))).toEqual([]);
});
