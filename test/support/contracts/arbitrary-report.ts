/** Generates reports that no run would produce: any outcome, category, order and text. */
import fc from "fast-check";
import type {
  Category,
  Choice,
  CoverageRow,
  Outcome,
  Report,
  ReportedCase,
  ReportedExchange,
  Strength,
  Violation,
} from "../../../contracts/reports/report.ts";
import { reportedCauses } from "../../../contracts/reports/shared/causes.ts";
import { summarize } from "../../../contracts/reports/summary.ts";
import { openChoices } from "../../../contracts/runner/choices.ts";
import { hostileTexts, outcomes } from "./sample-report.ts";

const axes: readonly Category[] = [
  "success",
  "error",
  "boundary",
  "language",
  "state",
  "time",
  "concurrency",
  "order",
  "security",
  "flow",
  "form",
];

const outcome: fc.Arbitrary<Outcome> = fc.constantFrom(...outcomes);
const hostile = fc.constantFrom(...hostileTexts.filter(({ length }) => length < 1_000));

/** Now and then two in a row: texts that are harmless alone may not be harmless together. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  hostile,
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.string({ unit: fc.constantFrom(..."<>&\"'`|*_[]()#@:%\\\n\r\t \ud800x".split("")), maxLength: 20 }),
  fc.tuple(hostile, hostile).map((texts) => texts.join("")),
);

const texts = fc.array(anyText, { maxLength: 3 });
const headers = fc.dictionary(anyText, anyText, { maxKeys: 2 });

const exchange: fc.Arbitrary<ReportedExchange> = fc.record({
  operation: anyText,
  request: fc.record({ method: anyText, url: anyText, headers, body: fc.option(anyText) }),
  response: fc.option(fc.record({ status: fc.nat(999), headers, body: anyText })),
  failure: fc.option(anyText),
  curl: anyText,
});

const strength = fc.constantFrom<Strength[]>("universal", "documented", "inferred");

/** Often the same texts, so that cases share a cause; often an index of no exchange. */
const violation: fc.Arbitrary<Violation> = fc.record({
  what: fc.oneof(fc.constant("error code (code-wrong)"), anyText),
  expected: fc.oneof(fc.constant("IDAAS.SDK.CAPTCHA.0007"), anyText),
  got: fc.oneof(fc.constant("200 without a body"), anyText),
  strength,
  source: anyText,
  verdict: fc.constantFrom("failed", "finding"),
  exchange: fc.option(fc.nat(2)),
});

const choice: fc.Arbitrary<Choice> = fc.record({
  choice: fc.oneof(fc.constant("updateMobile/mobile-own"), anyText),
  mock: anyText,
  target: fc.oneof(fc.constant("success"), anyText),
});

const operation = fc.constantFrom("sendSms", "updateMobile", "updateEmail", hostileTexts[0], hostileTexts[7]);

const anyCase: fc.Arbitrary<ReportedCase> = fc.record({
  id: anyText,
  operation,
  check: fc.option(anyText),
  error: fc.option(anyText),
  axis: fc.constantFrom(...axes),
  title: anyText,
  strength,
  source: anyText,
  outcome,
  reason: anyText,
  needs: texts,
  missing: texts,
  duration_ms: fc.double({ min: 0, max: 1e6, noNaN: true }),
  violations: fc.array(violation, { maxLength: 2 }),
  choices: fc.array(choice, { maxLength: 2 }),
  exchanges: fc.array(exchange, { maxLength: 2 }),
});

const coverageRow: fc.Arbitrary<CoverageRow> = fc.record({
  operation,
  check: fc.option(anyText),
  error: fc.option(anyText),
  outcome,
});

export const anyReport: fc.Arbitrary<Report> = fc
  .record({
    tool: fc.record({ name: anyText, version: anyText }),
    spec_sha256: anyText,
    seed: anyText,
    target: fc.record({
      name: anyText,
      base_url: anyText,
      dialects: texts,
      operations: texts,
      capabilities: texts,
      code_semantics: fc.constantFrom("unique", "fixed"),
    }),
    inconclusive: fc.option(anyText),
    cases: fc.array(anyCase, { maxLength: 12 }),
    coverage: fc.array(coverageRow, { maxLength: 12 }),
    hints: fc.array(anyText, { maxLength: 2 }),
    stale_entries: fc.array(fc.record({ pattern: anyText, reason: anyText, why: anyText }), { maxLength: 3 }),
  })
  .map((report) => ({
    ...report,
    summary: summarize(report.cases),
    choices: openChoices(report.cases),
    causes: reportedCauses(report.cases),
  }));
