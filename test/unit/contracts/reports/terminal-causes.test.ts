/** Failures, open choices and findings on the terminal: each cause once, with one example. */
import { expect, test } from "vitest";
import type { Report, ReportedCase } from "../../../../contracts/reports/report.ts";
import { matrixText } from "../../../../contracts/reports/terminal/matrix.ts";
import {
  casesOfOneCause,
  sampleCase,
  sampleExchange,
  sampleFinding,
  sampleReport,
  sampleViolation,
} from "../../../support/contracts/sample-report.ts";

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

test("failures with the same cause are one block with their number, their ids and one example with its request", () => {
  const lines = block(sampleReport(casesOfOneCause(40)), "FAIL");
  expect(lines).toEqual([
    "FAIL  40 cases: text in Chinese (x)",
    "  Each value differs in the same characters.",
    "  sendSms/case-0, sendSms/case-1, sendSms/case-2, sendSms/case-3, sendSms/case-4, sendSms/case-5, sendSms/case-6,",
    "  sendSms/case-7 and 32 more",
    "  Example: sendSms/case-0: A request that case-0 refuses changes nothing",
    "    expected  验证码错误，请重试",
    "    got       验证码错误,请重试",
    '    differs at character 6: expected "，" (U+FF0C, fullwidth), got "," (U+002C)',
    "    documented: page user-self-service/update-mobile.html",
    "  # request 2 of 3 with X-L: zh",
    '  curl -H "X-L: zh"',
    expect.stringMatching(/^ {2}# 400 /),
  ]);
});

test("where a block hides requests, one line says which reports have them", () => {
  const hint = "The JSON and HTML reports have all requests of each example: --report html=<file>";
  expect(linesOf(sampleReport(casesOfOneCause(2))).filter((line) => line === hint)).toHaveLength(1);
  expect(linesOf(sampleReport([sampleCase("sendSms", "x", { outcome: "failed" })]))).not.toContain(hint);
});

test("a case with a cause of its own and a shared one has a block that names the other", () => {
  const [first, second] = casesOfOneCause(2);
  if (first === undefined || second === undefined) throw new Error("two cases");
  const both = { ...first, violations: [sampleViolation(), ...first.violations] };
  const lines = block(sampleReport([both, second]), "FAIL  sendSms/case-0");
  expect(lines.slice(2, 3)).toEqual(["  error_code"]);
  expect(lines.filter((line) => line.includes("curl"))).toEqual(['  curl -H "X-L: en"']);
  expect(lines.at(-1)).toBe("  Fails also in the block of 2 cases: text in Chinese (x)");
});

test("two violations of one request have its command once, and of two requests both", () => {
  const given = (second: number): Partial<ReportedCase> => ({
    outcome: "failed",
    violations: [sampleViolation({ what: "first" }), sampleViolation({ what: "second", exchange: second })],
    exchanges: [sampleExchange("a", { curl: "curl one" }), sampleExchange("a", { curl: "curl two" })],
  });
  const commands = (second: number) =>
    block(sampleReport([sampleCase("a", "x", given(second))]), "FAIL").filter((line) => line.startsWith("  curl"));
  expect(commands(0)).toEqual(["  curl one"]);
  expect(commands(1)).toEqual(["  curl one", "  curl two"]);
});

test("a long source is cut", () => {
  const violations = [sampleViolation({ strength: "inferred", source: `It follows ${"x".repeat(300)}` })];
  const line = block(sampleReport([sampleCase("a", "x", { outcome: "failed", violations })]), "FAIL")[5];
  expect(line).toMatch(/^ {4}inferred: It follows x+…$/);
  expect(line?.length).toBeLessThan(120);
});

const openChoice = { choice: "updateMobile/mobile-own", mock: "IDAAS.SDK.USER.0035", target: "success" };

test("each open choice takes one line: the mock, this target, and the number of cases", () => {
  const order = { choice: "updateMobile/order", mock: "a before b", target: "b before a" };
  const cases = [
    sampleCase("updateMobile", "mobile-own", { choices: [openChoice] }),
    sampleCase("updateMobile", "own-number", { choices: [openChoice] }),
    sampleCase("updateMobile", "a-before-b", { choices: [order] }),
  ];
  expect(block(sampleReport(cases), "Open choices")).toEqual([
    "Open choices, where no page decides:",
    "  updateMobile/mobile-own  this target: success; mock: IDAAS.SDK.USER.0035 (2 cases)",
    "  updateMobile/order       this target: b before a; mock: a before b (1 case)",
  ]);
});

test("of very many open choices, the first are shown and the others counted", () => {
  const choices = Array.from({ length: 93 }, (_, index) => ({ ...openChoice, choice: `updateMobile/check-${index}` }));
  const lines = block(sampleReport([sampleCase("updateMobile", "x", { choices })]), "Open choices");
  expect(lines).toHaveLength(31);
  expect(lines.at(-1)).toBe("  64 more: the JSON, Markdown and HTML reports have all");
});

test("only a well-founded finding is said to assume a figure", () => {
  const text = (given: Partial<ReportedCase>, violation: ReportedCase["violations"][number]) =>
    block(
      sampleReport([sampleCase("a", "x", { outcome: "finding", reason: "", violations: [violation], ...given })]),
      "Findings:",
    )
      .join(" ")
      .replaceAll(/ +/g, " ");
  const assumed = "assumes a figure that the target does not state";
  expect(text({}, sampleFinding({ strength: "documented" }))).toContain(assumed);
  expect(text({}, sampleFinding())).not.toContain(assumed);
  expect(text({ axis: "order" }, sampleFinding({ strength: "documented" }))).not.toContain(assumed);
});

test("a finding takes one line with its basis; a finding that is an open choice does not repeat it", () => {
  const finding = (name: string, given: Partial<ReportedCase>) =>
    sampleCase("updateMobile", name, { outcome: "finding", reason: "", title: "It is refused", ...given });
  const assumed = sampleFinding({
    what: "error code (code-exhausted)",
    expected: "X.7",
    got: "200",
    strength: "universal",
  });
  const chosen = sampleFinding({ what: "error code (mobile-own)", source: "No page requires it." });
  const cases = [
    finding("code-exhausted", { violations: [{ ...assumed, source: "A code does not stand ten tries." }] }),
    finding("mobile-own", { violations: [chosen], choices: [openChoice] }),
    finding("own-number", { violations: [chosen], choices: [openChoice] }),
  ];
  const lines = block(sampleReport(cases), "Findings:").join(" ").replaceAll(/ +/g, " ");
  expect(lines).toBe(
    "Findings: updateMobile/code-exhausted: error code (code-exhausted): expected X.7, got 200 (assumes a figure that the " +
      "target does not state; universal: A code does not stand ten tries.) " +
      "updateMobile/mobile-own, updateMobile/own-number: open choice, listed above (inferred: No page requires it.)",
  );
});

test("a very long response is cut", () => {
  const violations = [sampleViolation({ what: "body", expected: "empty", got: "x".repeat(30_000) })];
  const failed = sampleCase("sendSms", "x", { outcome: "failed", violations });
  const got = linesOf(sampleReport([failed])).find((line) => line.startsWith("    got"));
  expect(got).toMatch(/^ {4}got {7}x{500} … \(29500 more characters\)$/);
});
