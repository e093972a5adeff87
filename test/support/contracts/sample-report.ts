/** A hand-made report with every outcome, and every kind of text from a hostile or broken target. */
import type {
  Category,
  Choice,
  CoverageRow,
  Outcome,
  Report,
  ReportedCase,
  ReportedExchange,
  StaleEntry,
  Violation,
} from "../../../contracts/reports/report.ts";
import { reportedCauses } from "../../../contracts/reports/shared/causes.ts";
import { summarize } from "../../../contracts/reports/summary.ts";
import { openChoices } from "../../../contracts/runner/choices.ts";

export const hostileTexts = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "</pre></details></script></style>",
  "]]>",
  "<!--",
  "&lt;&#0;&bogus;",
  "`code` ```fence``` | cell | **bold** [link](https://evil.example) #1 @team",
  "first\n\n# heading\r\n- item\n| a | b |",
  "::error title=x::owned",
  "##[error]owned",
  "100% done, a:b%0A::error::x",
  "\u0000\u0007\u001b[31mred\u009b",
  "lone \ud800 and \udc00",
  "right \u202eto left\u2028line\ufeff\uffff",
  "验证码不正确",
  "x".repeat(30_000),
  "😀".repeat(600),
] as const;

export const outcomes = [
  "passed",
  "failed",
  "blocked",
  "not-applicable",
  "known",
  "stale",
  "finding",
  "error",
] as const satisfies readonly Outcome[];

const reasons: Readonly<Record<Outcome, string>> = {
  passed: "",
  failed: "error_code: expected IDAAS.SDK.USER.0035, got IDAAS.SDK.USER.0001",
  blocked: "the target lacks clock",
  "not-applicable": "the target does not claim the operation",
  known: "our backend counts attempts per day (#17)",
  stale: "listed as known, but passes",
  finding: "the checks come in another order",
  error: "connect ECONNREFUSED 127.0.0.1:4010",
};

const PAGE = "page user-self-service/update-mobile.html";

/** A case with the minimum for its outcome; a test adds what it needs. */
export function sampleCase(operation: string, name: string, given: Partial<ReportedCase> = {}): ReportedCase {
  const outcome = given.outcome ?? "passed";
  return {
    id: `${operation}/${name}`,
    operation,
    check: name,
    error: "IDAAS.SDK.CAPTCHA.0007",
    axis: "error",
    title: `A request that ${name} refuses changes nothing`,
    strength: "documented",
    source: PAGE,
    outcome,
    reason: reasons[outcome],
    needs: outcome === "blocked" ? ["accounts", "clock"] : ["accounts"],
    missing: outcome === "blocked" ? ["clock"] : [],
    duration_ms: 12.5,
    violations: outcome === "failed" ? [sampleViolation()] : outcome === "finding" ? [sampleFinding()] : [],
    choices: [],
    exchanges: outcome === "failed" || outcome === "error" ? [sampleExchange(operation)] : [],
    ...given,
  };
}

/** A failure, shown by the first exchange. */
export function sampleViolation(given: Partial<Violation> = {}): Violation {
  return {
    what: "error_code",
    expected: "IDAAS.SDK.USER.0035",
    got: "IDAAS.SDK.USER.0001",
    strength: "documented",
    source: PAGE,
    verdict: "failed",
    exchange: 0,
    ...given,
  };
}

export function sampleFinding(given: Partial<Violation> = {}): Violation {
  const source = "The page does not print the order of the checks.";
  return sampleViolation({ strength: "inferred", source, verdict: "finding", exchange: null, ...given });
}

/** Cases with a full-width comma in a text. Each has three requests, of which the second shows it. */
export function casesOfOneCause(count: number): ReportedCase[] {
  const [expected, got] = ["验证码错误，请重试", "验证码错误,请重试"];
  const violations = [sampleViolation({ what: "text in Chinese (x)", expected, got, exchange: 1 })];
  const exchanges = ["en", "zh", "fr"].map((language) => {
    const exchange = sampleExchange("sendSms", { curl: `curl -H "X-L: ${language}"` });
    return { ...exchange, request: { ...exchange.request, headers: { "X-L": language } } };
  });
  return Array.from({ length: count }, (_, index) =>
    sampleCase("sendSms", `case-${index}`, { outcome: "failed", reason: "", violations, exchanges }),
  );
}

export function sampleExchange(operation: string, given: Partial<ReportedExchange> = {}): ReportedExchange {
  return {
    operation,
    request: {
      method: "POST",
      url: `http://127.0.0.1:4010/api/v2/sdk/${operation}`,
      headers: { authorization: "Bearer ***", "content-type": "application/json" },
      body: '{"new_mobile":"***","verify_code":"***"}',
    },
    response: {
      status: 400,
      headers: { "content-type": "application/json" },
      body: '{"error_code":"IDAAS.SDK.USER.0001","error_msg":"User does not exist"}',
    },
    failure: null,
    curl: `curl -X POST http://127.0.0.1:4010/api/v2/sdk/${operation} -H "authorization: Bearer $ID_TOKEN" -d '{"verify_code":"'"$CODE"'"}'`,
    ...given,
  };
}

export function sampleReport(cases: readonly ReportedCase[], given: Partial<Report> = {}): Report {
  return {
    tool: { name: "ciam-testkit", version: "0.1.0" },
    spec_sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    seed: "ciam-testkit",
    target: {
      name: "staging",
      base_url: "http://127.0.0.1:4010",
      dialects: ["bamboocloud"],
      operations: [...new Set(cases.map(({ operation }) => operation))],
      capabilities: ["accounts", "tokens"],
      code_semantics: "unique",
    },
    inconclusive: null,
    summary: summarize(cases),
    cases,
    coverage: coverageOf(cases),
    hints: [],
    stale_entries: [],
    choices: openChoices(cases),
    causes: reportedCauses(cases),
    ...given,
  };
}

function coverageOf(cases: readonly ReportedCase[]): CoverageRow[] {
  const shown = cases.filter(({ axis, check }) => axis === "success" || (axis === "error" && check !== null));
  return shown.map(({ operation, check, error, outcome }) => ({ operation, check, error, outcome }));
}

export const staleEntries: readonly StaleEntry[] = [
  { pattern: "updateEmail/*", reason: "the mail gateway is being replaced", why: "expired on 2026-01-31" },
];

/** Every outcome in every operation, on a row of the matrix and in another category. */
export function everyOutcome(): Report {
  const cases = ["sendSms", "updateMobile"].flatMap((operation) => [
    sampleCase(operation, "success", { axis: "success", check: null, error: null }),
    ...outcomes.map((outcome) => sampleCase(operation, `check-${outcome}`, { outcome })),
    ...outcomes.map((outcome) => sampleCase(operation, `boundary-${outcome}`, { outcome, axis: "boundary" })),
  ]);
  return sampleReport(cases, { stale_entries: staleEntries });
}

/** Every hostile text in every place for a text, once for each outcome. */
export function hostileReport(all: readonly string[] = hostileTexts): Report {
  const cases = all.flatMap((text, index) =>
    outcomes.map((outcome) => hostileCase(text, outcome, index % 2 === 0 ? "error" : "security")),
  );
  const [script = ""] = all;
  const texts = all.join(" ").slice(0, 2_000);
  return sampleReport(cases, {
    seed: script,
    target: {
      name: texts,
      base_url: `http://127.0.0.1/${texts}`,
      dialects: [script],
      operations: [script],
      capabilities: [...all],
      code_semantics: "fixed",
    },
    inconclusive: texts,
    hints: all,
    stale_entries: all.map((text) => ({ pattern: text, reason: text, why: text })),
  });
}

function hostileCase(text: string, outcome: Outcome, axis: Category): ReportedCase {
  const message = { headers: { [text]: text }, body: text };
  const facts = { what: text, expected: text, got: text, strength: "inferred" } as const;
  const verdict = outcome === "finding" ? "finding" : "failed";
  const choices: Choice[] = [{ choice: text, mock: text, target: text }];
  return sampleCase(text, `${text}-${outcome}`, {
    outcome,
    axis,
    check: text,
    error: text,
    title: text,
    reason: text,
    missing: outcome === "blocked" ? [text] : [],
    source: text,
    violations: [0, 1, null, 99].map((exchange) => ({ ...facts, source: text, verdict, exchange })),
    choices,
    exchanges: [
      {
        operation: text,
        request: { method: text, url: text, ...message },
        response: { status: 400, ...message },
        failure: null,
        curl: text,
      },
      {
        operation: text,
        request: { method: text, url: text, headers: {}, body: null },
        response: null,
        failure: text,
        curl: text,
      },
    ],
  });
}
