/** Case ids are stable: lists of known failures in other repositories name cases by them. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { allCases } from "../../contracts/all-cases.ts";

const REMEDY = `The case ids differ from test/contracts/case-ids.txt.
Users name cases by id in their lists of known failures.
A new case: add its id to the file, in alphabetical order.
A renamed or removed case: an id that changes needs an alias, so that the old id still selects the case.`;

test("the case ids are those of case-ids.txt", () => {
  const listed = readFileSync(new URL("./case-ids.txt", import.meta.url), "utf8")
    .trimEnd()
    .split("\n");
  const current = allCases.map(({ id }) => id).sort();
  expect(current, REMEDY).toEqual(listed);
});

test("case ids are unique", () => {
  expect(new Set(allCases.map(({ id }) => id)).size).toBe(allCases.length);
});
