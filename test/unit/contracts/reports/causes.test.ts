/** Failures with the same cause are told once, and no failure is lost. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ReportedCase, Violation } from "../../../../contracts/reports/report.ts";
import { type Cause, failuresOf, findingsOf, reportedCauses } from "../../../../contracts/reports/shared/causes.ts";
import { anyReport } from "../../../support/contracts/arbitrary-report.ts";
import {
  sampleCase,
  sampleExchange,
  sampleFinding,
  sampleViolation,
} from "../../../support/contracts/sample-report.ts";

function failed(
  id: string,
  violations: readonly Partial<Violation>[],
  given: Partial<ReportedCase> = {},
): ReportedCase {
  const [operation = "", name = ""] = id.split("/");
  return sampleCase(operation, name, { outcome: "failed", violations: violations.map(sampleViolation), ...given });
}

function wrongCode(check: string, expected: string, got: string): Partial<Violation> {
  return { what: `error code (${check})`, expected, got };
}

/** Such as "same, error code (code-used): updateMobile/code-used, updateEmail/code-used". */
function inWords({ likeness, what, occurrences }: Cause): string {
  return `${likeness}, ${what}: ${occurrences.map((one) => one.case.id).join(", ")}`;
}

function shared(...cases: readonly ReportedCase[]): string[] {
  return failuresOf(cases).shared.map(inWords);
}

function own(...cases: readonly ReportedCase[]): string[] {
  return failuresOf(cases).own.map(
    ({ case: one, occurrences }) => `${one.id}: ${occurrences.map(({ violation }) => violation.what).join(", ")}`,
  );
}

test("the same difference in several operations is one cause", () => {
  const violation = wrongCode("code-used", "CAPTCHA.0007", "200 without a body");
  expect(shared(failed("updateMobile/code-used", [violation]), failed("updateEmail/code-used", [violation]))).toEqual([
    "same, error code (code-used): updateMobile/code-used, updateEmail/code-used",
  ]);
});

test("different checks, expectations, responses and strengths are different causes", () => {
  const base = wrongCode("code-used", "CAPTCHA.0007", "200 without a body");
  const others = [
    { ...base, what: "error code (code-expired)" },
    { ...base, expected: "MOBILE.0002" },
    { ...base, got: "CAPTCHA.0006" },
    { ...base, strength: "universal" as const },
  ];
  for (const other of others) expect(shared(failed("a/one", [base]), failed("a/two", [other]))).toEqual([]);
});

test("ids, times and numbered secrets in a response do not separate causes", () => {
  const responses = [
    '500 {"at":"2026-01-01T10:00:00.123Z","trace":"5f0c9a3e-7a51-4a58-9d0f-0d6c0e7a1b2c","to":"<mobile>","no":1234567}',
    '500 {"at":"2026-01-01T10:00:07Z","trace":"0a1b2c3d-7a51-4a58-9d0f-ffffffffffff","to":"<mobile_2>","no":7654321}',
  ];
  const cases = responses.map((got, index) => failed(`a/case-${index}`, [{ what: "valid a request", got }]));
  expect(shared(...cases)).toEqual(["same, valid a request: a/case-0, a/case-1"]);
});

test("texts that differ in the same characters are one cause, in both languages", () => {
  const cases = [
    failed("a/one", [{ what: "text in English (one)", expected: "Not known, sorry", got: "Not known，sorry" }]),
    failed("a/two", [{ what: "text in Chinese (two)", expected: "验证码错误,请重试", got: "验证码错误，请重试" }]),
  ];
  expect(shared(...cases)).toEqual([]);
  const alike = failed("a/one", [
    { what: "text in English (one)", expected: "Not known,sorry", got: "Not known，sorry" },
  ]);
  expect(shared(alike, ...cases.slice(1))).toEqual(["characters, text of a refusal: a/one, a/two"]);
});

test("error codes without their prefix are one cause", () => {
  const cases = ["PARAM.0001", "USER.0035", "CAPTCHA.0007"].map((code, index) =>
    failed(`a/check-${index}`, [wrongCode(`check-${index}`, `IDAAS.SDK.${code}`, code)]),
  );
  expect(shared(...cases)).toEqual(["characters, error code: a/check-0, a/check-1, a/check-2"]);
});

test("codes that differ in a digit are separate mistakes", () => {
  const cases = ["PARAM", "USER"].map((name) =>
    failed(`a/${name}`, [wrongCode(name, `IDAAS.SDK.${name}.0001`, `IDAAS.SDK.${name}.0002`)]),
  );
  expect(shared(...cases)).toEqual([]);
});

test("Chinese texts in English are one cause", () => {
  const cases = [
    failed("a/one", [
      { what: "text in Chinese (one)", expected: "设备信息不完整", got: "Device information is incomplete" },
    ]),
    failed("a/two", [{ what: "text in Chinese (two)", expected: "用户不存在", got: "User not found" }]),
  ];
  expect(shared(...cases)).toEqual(["language, text in Chinese: a/one, a/two"]);
});

function oneResponseFor(count: number): ReportedCase[] {
  return Array.from({ length: count }, (_, index) =>
    failed(`a/check-${index}`, [wrongCode(`check-${index}`, `IDAAS.SDK.A.${index}x`, "IDAAS.SDK.PARAM.0001")]),
  );
}

test("one response to five different checks is one cause; to four checks, each has its own block", () => {
  expect(shared(...oneResponseFor(5))).toEqual([
    "response, error code: a/check-0, a/check-1, a/check-2, a/check-3, a/check-4",
  ]);
  expect(shared(...oneResponseFor(4))).toEqual([]);
});

test("an operation that refuses its valid request has one cause for all cases that get this refusal", () => {
  const body = '{"error_code":"PARAM.0003","error_msg":"client unknown"}';
  const refused = { what: "valid a request", expected: "success", got: `400 ${body}` };
  const cases = [
    failed("a/code-used", [wrongCode("code-used", "CAPTCHA.0007", "PARAM.0003")]),
    failed("a/text", [{ what: "text in Chinese (text)", expected: "应用", got: "client unknown" }]),
    failed("a/success", [refused], { axis: "success", check: null }),
    failed("b/flow", [refused], { axis: "flow", check: null }),
    failed("b/code-used", [wrongCode("code-used", "CAPTCHA.0007", "PARAM.0003")]),
  ];
  expect(shared(...cases)).toEqual(["refused, valid requests of 2 operations: a/success, a/code-used, a/text, b/flow"]);
  expect(own(...cases)).toEqual(["b/code-used: error code (code-used)"]);
});

test("one refusal of many wrong requests is one cause; what is accepted is one for each kind of case", () => {
  const response = (id: string, what: string, got: string) => failed(id, [{ what: `response to ${what}`, got }]);
  const refusals = ["an array", "a text", "mobile: 5"].map((what, index) =>
    response(`a/case-${index}`, what, "400 no"),
  );
  expect(shared(...refusals)).toEqual(["same, response to a wrong request: a/case-0, a/case-1, a/case-2"]);
  const accepted = [
    response("a/broken-bodies", "an array", "200 {}"),
    response("b/broken-bodies", "a text", "200 {}"),
    response("a/old-code", "a code that was used", "200 {}"),
  ];
  expect(shared(...accepted)).toEqual(["same, response to a wrong request: a/broken-bodies, b/broken-bodies"]);
  expect(own(...accepted)).toEqual(["a/old-code: response to a code that was used"]);
});

test("server errors with the same body are one cause, and with other bodies others", () => {
  const failing = (id: string, body: string) =>
    failed(id, [{ what: "status", expected: "below 500", got: "500" }], {
      exchanges: [sampleExchange("a", { response: { status: 500, headers: {}, body } })],
    });
  const cases = [failing("a/one", "NullPointerException"), failing("a/two", "SQLException")];
  expect(shared(...cases, failing("b/three", "SQLException"))).toEqual(["same, status: a/two, b/three"]);
});

test("form cases of several operations share a cause, however many responses each saw", () => {
  const extra = (count: number): Partial<Violation> => ({
    what: `body of a success, in ${count} responses`,
    got: "{}",
  });
  expect(shared(failed("a/form", [extra(2)]), failed("b/form", [extra(7)]))).toEqual([
    "same, body of a success: a/form, b/form",
  ]);
});

test("a case with a shared and an own violation is in both blocks", () => {
  const common: Partial<Violation> = { what: "e-mail of the account", expected: "<email>", got: "nothing" };
  const both = failed("a/one", [common, { what: "status" }]);
  const { own: blocks } = failuresOf([both, failed("a/two", [common])]);
  expect(shared(both, failed("a/two", [common]))).toEqual(["same, e-mail of the account: a/one, a/two"]);
  expect(blocks.map((one) => [one.case.id, one.occurrences.length, one.shared.map(inWords)])).toEqual([
    ["a/one", 1, ["same, e-mail of the account: a/one, a/two"]],
  ]);
});

test("the same violation in several requests of a case is told once, with their number", () => {
  const [block] = failuresOf([failed("a/one", [{ exchange: 0 }, { exchange: 1 }, { exchange: 2 }])]).own;
  expect(block?.occurrences).toMatchObject([{ further: 2, violation: { exchange: 0 } }]);
});

test("a failed case and an expired entry of the list are never in one block", () => {
  const stale = failed("a/one", [{}], { outcome: "stale", reason: "expired on 2026-01-31" });
  expect(shared(stale, failed("a/two", [{}]))).toEqual([]);
  expect(own(stale, failed("a/two", [{}]))).toEqual(["a/one: error_code", "a/two: error_code"]);
});

test("findings of a failed case are findings, and its failures are not", () => {
  const mixed = failed("a/one", [{}, sampleFinding({ what: "order" })]);
  expect(findingsOf([mixed]).map(inWords)).toEqual(["same, order: a/one"]);
  expect(own(mixed)).toEqual(["a/one: error_code"]);
});

test("the JSON report lists each cause with its example and all its cases", () => {
  const cases = [failed("a/one", [{ exchange: 2 }]), failed("b/one", [{ exchange: 0 }])];
  expect(reportedCauses(cases)).toEqual([
    {
      verdict: "failed",
      likeness: "same",
      what: "error_code",
      expected: "IDAAS.SDK.USER.0035",
      got: "IDAAS.SDK.USER.0001",
      strength: "documented",
      source: "page user-self-service/update-mobile.html",
      cases: ["a/one", "b/one"],
      exchange: 2,
    },
  ]);
});

test("each failed or stale case is in a block, and each of its failures in exactly one cause", () => {
  const property = fc.property(anyReport, ({ cases }) => {
    const { shared: causes, own: blocks } = failuresOf(cases);
    const told = [
      ...causes.flatMap(({ occurrences }) => occurrences),
      ...blocks.flatMap(({ occurrences }) => occurrences),
    ];
    for (const { occurrences } of causes) {
      const members = occurrences.map((one) => one.case);
      expect(members.length).toBeGreaterThan(1);
      expect(new Set(members).size).toBe(members.length);
    }
    for (const one of cases) {
      const isTold = told.some((occurrence) => occurrence.case === one) || blocks.some((block) => block.case === one);
      expect(isTold).toBe(one.outcome === "failed" || one.outcome === "stale");
      if (!isTold) continue;
      const failing = one.violations.filter(({ verdict }) => verdict === "failed");
      const counted = told.filter((occurrence) => occurrence.case === one).map(({ further }) => further + 1);
      const expected = failing.length > 0 ? failing.length : one.violations.length;
      expect(counted.reduce((sum, count) => sum + count, 0)).toBe(expected);
    }
  });
  fc.assert(property);
});
