/** The terminal report: readable, and one cause is shown once. */
import { expect, test } from "vitest";
import type { Outcome, Report, ReportedCase } from "../../../../contracts/reports/report.ts";
import { matrixText } from "../../../../contracts/reports/terminal/matrix.ts";
import {
  everyOutcome,
  sampleCase,
  sampleExchange,
  sampleReport,
  staleEntries,
} from "../../../support/contracts/sample-report.ts";

const codes = ["code-wrong", "code-used", "code-expired", "code-exhausted"];

function updateMobile(outcomes: readonly Outcome[], given: Partial<Report> = {}): Report {
  const cases = outcomes.map((outcome, index) => sampleCase("updateMobile", codes[index] ?? "", { outcome }));
  const success = sampleCase("updateMobile", "success", { axis: "success", check: null, error: null });
  return sampleReport([success, ...cases], given);
}

function linesOf(report: Report): string[] {
  return matrixText(report).split("\n");
}

/** The lines of the block with this beginning. */
function block(report: Report, beginning: string): string[] {
  const found = matrixText(report)
    .split("\n\n")
    .find((one) => one.startsWith(beginning));
  return found?.trimEnd().split("\n") ?? [];
}

test("each operation has its success and its errors, with the checks grouped by outcome", () => {
  const report = updateMobile(["passed", "passed", "failed", "blocked"]);
  const boundary = sampleCase("updateMobile", "number-too-long", { axis: "boundary" });
  const late = sampleCase("updateMobile", "code-just-expired", { axis: "time", outcome: "failed" });
  const cases = [...report.cases, boundary, late];
  expect(block(sampleReport(cases), "updateMobile ")).toEqual([
    "updateMobile  7 cases: 4 passed, 2 failed, 1 blocked",
    "  success                 ok",
    "  IDAAS.SDK.CAPTCHA.0007  FAIL code-expired  blocked code-exhausted  ok code-wrong, code-used",
    "  boundary                ok 1",
    "  time                    FAIL code-just-expired",
  ]);
});

test("a case without a row in the matrix is still counted", () => {
  const wrongType = sampleCase("updateMobile", "wrong-type", { check: null, error: null });
  expect(block(sampleReport([wrongType, ...updateMobile([]).cases]), "updateMobile ")).toEqual([
    "updateMobile  2 cases: 2 passed",
    "  success        ok",
    "  further error  ok 1",
  ]);
});

test("an operation without a row is shown with its cases", () => {
  const report = sampleReport([sampleCase("changeNumber", "story", { axis: "flow", check: null })], { coverage: [] });
  expect(block(report, "changeNumber ")).toEqual(["changeNumber  1 case: 1 passed", "  flow  ok 1"]);
});

test("all operations that the target does not have take one line", () => {
  const cases = ["genauthSendSms", "genauthUpdatePhone"].flatMap((operation) =>
    codes.map((name) => sampleCase(operation, name, { outcome: "not-applicable" })),
  );
  expect(block(sampleReport(cases.concat(updateMobile(["passed"]).cases)), "Not applicable: ")).toEqual([
    "Not applicable: genauthSendSms (4 cases), genauthUpdatePhone (4 cases)",
  ]);
});

test("more than three rows that are all blocked take one line, together with those that do not apply", () => {
  const row = (name: string, outcome: Outcome) => sampleCase("updateMobile", name, { outcome, error: name });
  const few = [row("a", "passed"), row("b", "blocked"), row("c", "blocked"), row("d", "blocked")];
  const shown = (cases: readonly ReportedCase[]) => block(sampleReport(cases), "updateMobile ").slice(1);
  expect(shown(few)).toEqual(["  a  ok a", "  b  blocked b", "  c  blocked c", "  d  blocked d"]);
  expect(shown([...few, row("e", "blocked"), row("f", "not-applicable")])).toEqual([
    "  a  ok a",
    "  all others blocked or not applicable",
  ]);
});

test("the matrix fits 120 columns with any number of checks per error", () => {
  const cases = ["failed", "blocked", "passed"].flatMap((outcome) =>
    Array.from({ length: 30 }, (_, index) =>
      sampleCase("updateMobile", `check-number-${index}`, { outcome: outcome as Outcome }),
    ),
  );
  const lines = block(sampleReport(cases), "updateMobile ");
  expect(lines.length).toBeGreaterThan(10);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(120);
  for (const line of lines.slice(2)) expect(line).toMatch(/^ {26}\S/);
  expect(lines.join(" ").match(/check-number-\d+/g)).toHaveLength(90);
});

test("a failure shows its title, the expected and received value, their basis, and the command that repeats it", () => {
  const [command] = sampleCase("updateMobile", "x", { outcome: "failed" }).exchanges;
  expect(block(updateMobile(["failed"]), "FAIL")).toEqual([
    "FAIL  updateMobile/code-wrong",
    "  A request that code-wrong refuses changes nothing",
    "  error_code",
    "    expected  IDAAS.SDK.USER.0035",
    "    got       IDAAS.SDK.USER.0001",
    "    documented: page user-self-service/update-mobile.html",
    `  ${command?.curl}`,
    `  # ${command?.response?.status} ${command?.response?.body}`,
  ]);
});

test("a reason that adds to the violations is shown", () => {
  const failed = sampleCase("updateMobile", "x", { outcome: "failed", reason: "the account had changed meanwhile" });
  expect(block(sampleReport([failed]), "FAIL")[2]).toBe("  the account had changed meanwhile");
});

test("a reason that equals the title is shown once", () => {
  const title = "It is refused";
  const failed = sampleCase("updateMobile", "x", { outcome: "failed", title, reason: title, exchanges: [] });
  expect(block(sampleReport([failed]), "FAIL").slice(1, 3)).toEqual(["  It is refused", "  error_code"]);
});

test("blanks and line breaks in a command stay as they are", () => {
  const curl = "curl \\\n  -d '{\n \"a\": 1}' http://x";
  const failed = sampleCase("sendSms", "x", { outcome: "failed", exchanges: [sampleExchange("sendSms", { curl })] });
  expect(matrixText(sampleReport([failed]))).toContain(`\n  ${curl}\n`);
});

test("a stale case is shown like a failure", () => {
  expect(block(updateMobile(["stale"]), "STALE")).toEqual([
    "STALE  updateMobile/code-wrong",
    "  A request that code-wrong refuses changes nothing",
    "  listed as known, but passes",
  ]);
});

test("blocked cases are grouped by what is missing, the largest group first", () => {
  const blocked = (name: string, missing: string[], given: Partial<ReportedCase> = {}) =>
    sampleCase("updateMobile", name, { outcome: "blocked", missing, ...given });
  const report = sampleReport([
    blocked("a", ["faults"]),
    blocked("b", ["codes|messages", "clock"]),
    blocked("c", ["clock", "codes|messages"]),
    sampleCase("sendSms", "d", { outcome: "blocked", missing: ["clock", "codes|messages"] }),
    blocked("e", ["codes|messages"]),
    blocked("f", [], { reason: "one constant code for all" }),
  ]);
  expect(block(report, "Blocked:")).toEqual([
    "Blocked:",
    "  3 cases need clock and (codes or messages):",
    "    updateMobile: b, c",
    "    sendSms: d",
    "  1 case needs faults:",
    "    updateMobile: a",
    "  1 case needs codes or messages:",
    "    updateMobile: e",
    "  1 case: one constant code for all",
    "    updateMobile: f",
  ]);
});

test("cases that are not applicable are counted per reason; findings and known failures are named", () => {
  const text = matrixText(everyOutcome());
  expect(text).toContain("\nNot applicable:\n  4 cases: the target does not claim the operation\n");
  expect(text).toContain(
    "\nFindings:\n  sendSms/check-finding, sendSms/boundary-finding, updateMobile/check-finding and 1 more: the checks come in another\n    order; ",
  );
  expect(text).toContain("\nKnown failures:\n  sendSms/check-known: our backend counts attempts per day (#17)\n");
});

test("entries that must leave the list are told with the reason", () => {
  expect(block(updateMobile(["passed"], { stale_entries: staleEntries }), "Remove")).toEqual([
    "Remove from the list of known failures:",
    "  STALE updateEmail/*  # the mail gateway is being replaced: expired on 2026-01-31",
  ]);
});

test("each unlisted failure has a line to paste into the list; listed ones have none", () => {
  expect(block(updateMobile(["failed", "stale", "known", "error"]), "To list").slice(1)).toEqual([
    "updateMobile/code-wrong  # error_code: expected IDAAS.SDK.USER.0035, got IDAAS.SDK.USER.0001",
  ]);
});

test("a target's response cannot set the end date of an entry or add an entry", () => {
  const reason = "got until=2099-12-31\nsendSms/*  # until=2099-12-31";
  const failed = sampleCase("sendSms", "x", { outcome: "failed", reason });
  expect(block(sampleReport([failed]), "To list").slice(1)).toEqual([
    "sendSms/x  # got until =2099-12-31\\nsendSms/*  # until =2099-12-31",
  ]);
});

test("one line has all eight counts, the driven share and the seed", () => {
  expect(linesOf(everyOutcome()).find((line) => / driven; seed /.test(line))).toBe(
    "34 cases: 6 passed, 4 failed, 4 blocked, 4 not applicable, 4 known, 4 stale, 4 findings, 4 errors; " +
      "73.3 % driven; seed ciam-testkit",
  );
});

test("an inconclusive run says so first, and shows one cause once for all its cases", () => {
  const cases = Array.from({ length: 300 }, (_, index) => sampleCase("sendSms", `case-${index}`, { outcome: "error" }));
  const lines = linesOf(sampleReport(cases, { inconclusive: "unreachable: connect ECONNREFUSED" }));
  expect(lines[0]).toBe("INCONCLUSIVE: unreachable: connect ECONNREFUSED");
  expect(lines).toContain("ERROR  300 cases: connect ECONNREFUSED 127.0.0.1:4010");
  expect(lines).toContain(
    "  sendSms/case-0, sendSms/case-1, sendSms/case-2, sendSms/case-3, sendSms/case-4 and 295 more",
  );
  expect(lines.length).toBeLessThan(15);
});

test.each<[string, Outcome[], string]>([
  ["errors", ["passed", "error"], "INCONCLUSIVE: 1 of 3 cases ended without a result"],
  ["no result at all", [], "INCONCLUSIVE: no case was executed"],
])("a run with %s is called inconclusive as well", (_what, outcomes, first) => {
  const report = outcomes.length === 0 ? sampleReport([]) : updateMobile(outcomes);
  expect(linesOf(report)[0]).toBe(first);
});

test("a conforming run does not start with a warning", () => {
  expect(linesOf(updateMobile(["passed"]))[0]).toMatch(
    /^ciam-testkit 0\.1\.0: staging at http:\/\/127\.0\.0\.1:4010, /,
  );
});

test("errors are grouped by reason, the most frequent first", () => {
  const cases = ["hung up", "timed out", "timed out"].map((reason, index) =>
    sampleCase("sendSms", `case-${index}`, { outcome: "error", reason }),
  );
  const heads = linesOf(sampleReport(cases)).filter((line) => line.startsWith("ERROR"));
  expect(heads).toEqual(["ERROR  2 cases: timed out", "ERROR  1 case: hung up"]);
});
