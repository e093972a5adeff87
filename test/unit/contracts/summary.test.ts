/** How outcomes are counted, and the driven share of them. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Outcome } from "../../../contracts/reports/report.ts";
import { summarize } from "../../../contracts/reports/summary.ts";
import { outcomes } from "../../support/contracts/sample-report.ts";

/** That many cases of each. */
function cases(counts: Partial<Record<Outcome, number>>): { outcome: Outcome }[] {
  return outcomes.flatMap((outcome) => Array.from({ length: counts[outcome] ?? 0 }, () => ({ outcome })));
}

test("each outcome is counted under its own name", () => {
  const counts = { passed: 1, failed: 2, blocked: 3, "not-applicable": 4, known: 5, stale: 6, finding: 7, error: 8 };
  expect(summarize(cases(counts))).toEqual({
    passed: 1,
    failed: 2,
    blocked: 3,
    not_applicable: 4,
    known: 5,
    stale: 6,
    findings: 7,
    errors: 8,
    total: 36,
    driven_percent: 65.6, // 21 of 32
  });
});

test.each([
  ["nothing at all", {}, 0],
  ["nothing that is applicable", { "not-applicable": 9 }, 0],
  ["nothing that was driven", { blocked: 3, error: 4 }, 0],
  ["everything that is applicable", { passed: 3, "not-applicable": 90 }, 100],
  ["one case per outcome", { failed: 1, known: 1, stale: 1, finding: 1 }, 100],
  ["two of three", { passed: 2, blocked: 1 }, 66.6],
  ["all but one of 2500, which is 99.96", { passed: 2_499, blocked: 1 }, 99.9],
  ["one of 2500, which is 0.04", { passed: 1, error: 2_499 }, 0],
  ["57 of 1000, which is exact", { passed: 57, blocked: 943 }, 5.7],
] as const)("the driven share of %s is as expected", (_what, counts, percent) => {
  expect(summarize(cases(counts)).driven_percent).toBe(percent);
});

test("the eight counts add up to the number of cases, and 100 percent means all", () => {
  const property = fc.property(fc.array(fc.constantFrom(...outcomes)), (picked) => {
    const { total, driven_percent, ...counts } = summarize(picked.map((outcome) => ({ outcome })));
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(total);
    expect(total).toBe(picked.length);
    const applicable = picked.filter((outcome) => outcome !== "not-applicable");
    const undriven = applicable.filter((outcome) => outcome === "blocked" || outcome === "error");
    expect(driven_percent === 100).toBe(applicable.length > 0 && undriven.length === 0);
  });
  fc.assert(property);
});
