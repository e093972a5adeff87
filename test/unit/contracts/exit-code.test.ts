/** The exit code of a run, for one result and for several at once. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { exitCode } from "../../../contracts/reports/exit-code.ts";
import type { Outcome, Report } from "../../../contracts/reports/report.ts";
import { anyReport } from "../../support/contracts/arbitrary-report.ts";
import { sampleCase, sampleReport, staleEntries } from "../../support/contracts/sample-report.ts";

function reportOf(outcomes: readonly Outcome[], given: Partial<Report> = {}): Report {
  return sampleReport(
    outcomes.map((outcome, index) => sampleCase("sendSms", `case-${index}`, { outcome })),
    given,
  );
}

test.each<[string, Outcome[], number]>([
  ["a case that passed", ["passed"], 0],
  ["a known failure", ["passed", "known"], 0],
  ["nothing but known failures", ["known"], 0],
  ["a finding", ["passed", "finding"], 0],
  ["blocked and not applicable beside what passed", ["passed", "blocked", "not-applicable"], 0],
  ["a failure", ["passed", "failed"], 1],
  ["a stale case", ["passed", "stale"], 1],
  ["an error", ["passed", "error"], 3],
  ["an error and a failure", ["passed", "failed", "error"], 3],
  ["no case at all", [], 3],
  ["nothing but blocked cases", ["blocked", "blocked"], 3],
  ["nothing but cases that are not applicable", ["not-applicable"], 3],
])("%s ends as documented", (_what, outcomes, code) => {
  expect(exitCode(reportOf(outcomes))).toBe(code);
});

test("an inconclusive run is inconclusive, whatever passed or failed", () => {
  expect(exitCode(reportOf(["passed"], { inconclusive: "unreachable" }))).toBe(3);
  expect(exitCode(reportOf(["failed"], { inconclusive: "" }))).toBe(3);
});

test("a stale list entry makes the run red even when every case passed", () => {
  expect(exitCode(reportOf(["passed"], { stale_entries: staleEntries }))).toBe(1);
});

test("stale entries do not turn a run without results into a success", () => {
  expect(exitCode(reportOf(["blocked"], { stale_entries: staleEntries }))).toBe(3);
});

test.each<[number, Outcome[], number]>([
  [50, ["passed", "blocked"], 0],
  [50.1, ["passed", "blocked"], 4],
  [100, ["passed", "not-applicable"], 0],
  [100, ["passed", "passed", "blocked"], 4],
  [100, ["failed", "blocked"], 1],
  [100, ["passed", "stale", "blocked"], 1],
  [100, ["passed", "blocked", "error"], 3],
  [0, ["blocked"], 3],
])("where %d percent are required, %j ends with %d", (requirePercent, outcomes, code) => {
  expect(exitCode(reportOf(outcomes), { requirePercent })).toBe(code);
});

test("a summary that contradicts its cases does not make the run green", () => {
  const { summary } = reportOf(["passed"]);
  expect(exitCode(reportOf(["failed"], { summary }))).toBe(1);
  expect(exitCode(reportOf(["blocked"], { summary }))).toBe(3);
});

test("exit code 0 means that cases were executed and nothing in the report is red", () => {
  const property = fc.property(anyReport, ({ ...report }) => {
    const outcomes = new Set(report.cases.map(({ outcome }) => outcome));
    const red = outcomes.has("failed") || outcomes.has("stale") || report.stale_entries.length > 0;
    const doubtful = report.inconclusive !== null || outcomes.has("error");
    const executed = outcomes.has("passed") || outcomes.has("known") || outcomes.has("finding");
    expect(exitCode(report) === 0).toBe(!red && !doubtful && executed);
  });
  fc.assert(property, { numRuns: 300 });
});
