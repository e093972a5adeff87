/** The table of verdicts: which differences are failures, and which are findings. */
import { expect, test } from "vitest";
import type { Category, Strength } from "../../../contracts/reports/report.ts";
import { type VerdictOptions, verdictOn } from "../../../contracts/runner/verdict.ts";

interface Situation extends VerdictOptions {
  readonly strength?: Strength;
  readonly certain?: boolean;
  readonly assumes?: boolean;
  readonly category?: Category;
}

function verdict({ strength = "documented", certain = false, ...rest }: Situation) {
  const circumstances = { category: "error" as const, assumes: false, ...rest };
  return verdictOn({ basis: { strength, source: "a page" }, certain }, circumstances);
}

test.each<[string, Situation, "failed" | "finding"]>([
  ["a documented expectation", {}, "failed"],
  ["a universal rule", { strength: "universal" }, "failed"],
  ["an inferred expectation", { strength: "inferred" }, "finding"],
  ["the order of checks", { strength: "inferred", category: "order" }, "finding"],
  ["the order of checks with --strict-order", { strength: "inferred", category: "order", strictOrder: true }, "failed"],
  ["another inferred expectation with --strict-order", { strength: "inferred", strictOrder: true }, "finding"],
  ["a case that assumes a figure", { strength: "universal", assumes: true }, "finding"],
  [
    "an order case that assumes a figure, with --strict-order",
    { category: "order", assumes: true, strictOrder: true },
    "finding",
  ],
  ["a server error in a case that assumes a figure", { certain: true, assumes: true }, "failed"],
  [
    "a server error in a case about an inferred order",
    { certain: true, strength: "inferred", category: "order" },
    "failed",
  ],
])("a difference from %s", (_what, situation, expected) => {
  expect(verdict(situation)).toBe(expected);
});

test("with --strict, every difference is a failure", () => {
  for (const strength of ["universal", "documented", "inferred"] as const) {
    for (const category of ["error", "order"] as const) {
      for (const assumes of [false, true])
        expect(verdict({ strict: true, strength, category, assumes })).toBe("failed");
    }
  }
});
