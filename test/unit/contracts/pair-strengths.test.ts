/** How well each pair of operation and check is founded, against the tables of the pages and the catalogue. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { packagedSpec } from "../../../contracts/spec/spec-file.ts";
import { catalogue } from "../spec/documents.ts";
import { seeds } from "../spec/seeds.ts";

const spec = packagedSpec();
const pairs = spec.operations.flatMap(({ id, dialect, errors }) =>
  [...errors.values()].map((error) => ({ id, dialect, ...error })),
);

test("the pairs and their strengths are those of pair-strengths.txt", () => {
  const listed = readFileSync(new URL("./pair-strengths.txt", import.meta.url), "utf8")
    .trimEnd()
    .split("\n");
  const current = pairs.map(({ id, check, code, also, basis }) => {
    const need = also.includes("success") ? ", a refusal is not required" : "";
    return `${id}/${check} ${code}: ${basis.strength}${need}`;
  });
  expect(current).toEqual(listed);
});

test.each(seeds)(
  "a pair of $operationId is documented exactly if its page prints the code and the catalogue documents it",
  (page) => {
    const printed = new Set(page.rows.map(({ code }) => code));
    const own = pairs.filter(({ id }) => id === page.operationId);
    expect(own.length).toBeGreaterThan(0);
    for (const { check, code, basis } of own) {
      const isDocumented = printed.has(code) && catalogue[check]?.bamboocloud?.source === "documented";
      expect({ check, strength: basis.strength }).toEqual({
        check,
        strength: isDocumented ? "documented" : "inferred",
      });
    }
  },
);

test("each pair names its page or its reasoning", () => {
  for (const { id, check, basis } of pairs) {
    expect({ id, check, source: basis.source }).toEqual({ id, check, source: expect.stringMatching(/^\S.{10,}$/s) });
    if (basis.strength === "documented") expect(basis.source).toMatch(/^page \S+\.(html|md)$/);
  }
});
