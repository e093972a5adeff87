/** JUnit, read back by a strict reader of XML. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { junitXml } from "../../../../contracts/reports/junit.ts";
import type { Outcome, Report } from "../../../../contracts/reports/report.ts";
import { anyReport } from "../../../support/contracts/arbitrary-report.ts";
import {
  casesOfOneCause,
  everyOutcome,
  hostileReport,
  hostileTexts,
  sampleCase,
  sampleReport,
} from "../../../support/contracts/sample-report.ts";
import { elements, parseXml, textOf, type XmlElement } from "../../../support/contracts/xml.ts";

function read(report: Report): XmlElement {
  return parseXml(junitXml(report));
}

function testCase(report: Report): XmlElement | undefined {
  return elements(read(report), /^testcase$/)[0];
}

function reportOf(outcome: Outcome): Report {
  return sampleReport([sampleCase("updateMobile", "mobile-taken", { outcome, duration_ms: 1_234.5 })]);
}

test("each operation is a suite and each case a test case, with its name and seconds", () => {
  const suites = elements(read({ ...everyOutcome(), stale_entries: [] }), /^testsuite$/);
  expect(suites.map(({ attributes }) => attributes["name"])).toEqual(["sendSms", "updateMobile"]);
  const { name, attributes } = testCase(reportOf("passed")) ?? {};
  expect({ name, attributes }).toEqual({
    name: "testcase",
    attributes: { classname: "updateMobile", name: "mobile-taken", time: "1.234" },
  });
});

test.each<[Outcome, string, Record<string, string>]>([
  [
    "failed",
    "failure",
    { type: "failed", message: "error_code: expected IDAAS.SDK.USER.0035, got IDAAS.SDK.USER.0001" },
  ],
  ["stale", "failure", { type: "stale", message: "listed as known, but passes" }],
  ["error", "error", { type: "error", message: "connect ECONNREFUSED 127.0.0.1:4010" }],
  ["blocked", "skipped", { message: "blocked: the target lacks clock" }],
  ["not-applicable", "skipped", { message: "not-applicable: the target does not claim the operation" }],
  ["known", "skipped", { message: "known: our backend counts attempts per day (#17)" }],
  [
    "finding",
    "skipped",
    {
      message: "finding: the checks come in another order (inferred: The page does not print the order of the checks.)",
    },
  ],
])("%s becomes %s, with its reason as the message", (outcome, name, attributes) => {
  const [child, ...more] = testCase(reportOf(outcome))?.children ?? [];
  expect(child).toMatchObject({ name, attributes });
  expect(more).toEqual([]);
});

test("a passed case has no text", () => {
  expect(testCase(reportOf("passed"))?.children).toEqual([]);
});

test("a failure has the expected and received value, the exchange, and the command that repeats it", () => {
  const text = textOf(testCase(reportOf("failed")) as XmlElement);
  expect(text).toContain("expected  IDAAS.SDK.USER.0035\n  got       IDAAS.SDK.USER.0001");
  expect(text).toContain(
    'curl -X POST http://127.0.0.1:4010/api/v2/sdk/updateMobile -H "authorization: Bearer $ID_TOKEN"',
  );
  expect(text).toContain("authorization: Bearer ***");
  expect(text).toContain('HTTP 400\ncontent-type: application/json\n\n{"error_code":"IDAAS.SDK.USER.0001"');
});

test("each failure of one cause is a test case; all but the example refer to the example and its request", () => {
  const cases = casesOfOneCause(40);
  const [first, second, ...rest] = elements(read(sampleReport(cases)), /^failure$/).map(textOf);
  expect(rest).toHaveLength(38);
  for (const text of [first, second]) {
    expect(text).toContain('differs at character 6: expected "，" (U+FF0C, fullwidth), got "," (U+002C)');
    expect(text).toContain("documented: page user-self-service/update-mobile.html");
  }
  expect(first).toContain("40 cases have this cause, text in Chinese (x): this is the example.");
  expect(first).toContain('Request 2 of 3 with X-L: zh:\n\ncurl -H "X-L: zh"\n');
  expect(first).not.toContain("X-L: fr");
  expect(second).toContain(
    "the example with its request is sendSms/case-0. Each value differs in the same characters.",
  );
  expect(second).not.toContain("curl");
});

test("stale list entries are failures in their own suite", () => {
  const suite = elements(read(everyOutcome()), /^testsuite$/).at(-1);
  expect(suite?.attributes).toMatchObject({ name: "known-failing list", tests: "1", failures: "1" });
  const [failure] = elements(suite as XmlElement, /^failure$/);
  expect(failure?.attributes).toEqual({ type: "stale", message: "expired on 2026-01-31" });
  expect(textOf(failure as XmlElement)).toBe("updateEmail/*  # the mail gateway is being replaced");
});

test("an inconclusive run has a test case that is an error", () => {
  const root = read(sampleReport([], { inconclusive: "unreachable" }));
  expect(root.attributes).toMatchObject({ tests: "1", errors: "1", failures: "0", skipped: "0" });
  expect(elements(root, /^error$/)[0]?.attributes).toEqual({ type: "inconclusive", message: "unreachable" });
});

test("each suite names its target and its seed", () => {
  for (const suite of elements(read(everyOutcome()), /^testsuite$/)) {
    const properties = elements(suite, /^property$/).map(({ attributes }) => [attributes["name"], attributes["value"]]);
    expect(properties).toContainEqual(["seed", "ciam-testkit"]);
    expect(properties).toContainEqual(["base_url", "http://127.0.0.1:4010"]);
  }
});

test("the counts of each suite and of the whole match its test cases", () => {
  const property = fc.property(anyReport, (report) => {
    const root = read(report);
    for (const suite of elements(root, /^testsuites?$/)) {
      const having = (name: RegExp) => `${elements(suite, name).length}`;
      expect(suite.attributes).toMatchObject({
        tests: having(/^testcase$/),
        failures: having(/^failure$/),
        errors: having(/^error$/),
        skipped: having(/^skipped$/),
      });
    }
  });
  fc.assert(property);
});

test("no text of a report adds an element or is lost", () => {
  const known = new Set([
    "testsuites",
    "testsuite",
    "properties",
    "property",
    "testcase",
    "failure",
    "error",
    "skipped",
  ]);
  for (const { name } of elements(read(hostileReport()))) expect(known).toContain(name);
  const names = elements(read(hostileReport()), /^testsuite$/).map(({ attributes }) => attributes["name"]);
  expect(names).toEqual(["run", ...hostileTexts.map(shown), "known-failing list"]);
});

/** Characters that XML cannot hold are spelled out; all others are read back unchanged. */
function shown(text: string): string {
  const spelled: Record<string, string> = {
    "\u001b": "\\u001b",
    "\u0000": "\\u0000",
    "\u0007": "\\u0007",
    "\u009b": "\\u009b",
  };
  return text
    .replace(/[^\n\P{Cc}]/gu, (character) => spelled[character] ?? JSON.stringify(character).slice(1, -1))
    .replace(/\p{Cs}/gu, (half) => JSON.stringify(half).slice(1, -1))
    .replace(/[\u202e\u2028\ufeff\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
}
