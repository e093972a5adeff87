/** The suite against a backend that it was not made for, over HTTP and with few capabilities. No case may fail. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { allCases } from "../../contracts/all-cases.ts";
import { controlTarget, type PolicyValues, type Report } from "../../contracts/index.ts";
import { summarize } from "../../contracts/reports/summary.ts";
import type { CaseResult } from "../../contracts/runner/outcome.ts";
import { openRun, type RunFacts } from "../../contracts/runner/run.ts";
import { sideBySide } from "../../contracts/runner/side-by-side.ts";
import { packagedSpec } from "../../contracts/spec/spec-file.ts";
import { PROJECT, running, scratchFolder } from "../support/package/scratch.ts";
import * as policy from "./policy.ts";
import { startForeign } from "./server.ts";

const MINUTES = 60_000;
const SEED = "foreign";
const spec = packagedSpec();

/** The policy that it would report if it had one: policy.ts under the names of the control protocol. */
const ITS_FIGURES: PolicyValues = {
  code_ttl_seconds: policy.CODE_TTL_SECONDS,
  code_resend_seconds: 0,
  code_daily_limit: 1_000_000,
  code_max_attempts: 1_000_000,
  code_supersedes: false,
  bearer_required: true,
  update_pwd_requires_area_code: true,
  send_to_unknown: "fail",
  captcha_challenge_ttl_seconds: policy.CHALLENGE_TTL_SECONDS,
  captcha_token_ttl_seconds: policy.PASS_TTL_SECONDS,
  captcha_tolerance_px: policy.CAPTCHA_TOLERANCE_PX,
  id_token_ttl_seconds: policy.ID_TOKEN_TTL_SECONDS,
  password_min_length: policy.PASSWORD_MIN_LENGTH,
  password_max_length: policy.PASSWORD_MAX_LENGTH,
  password_min_classes: policy.PASSWORD_MIN_CLASSES,
  password_max_repeat: policy.PASSWORD_MAX_REPEAT,
  password_history: policy.PASSWORD_HISTORY,
};

type Codes = "unique" | "fixed";

interface Found {
  readonly facts: RunFacts;
  readonly results: ReadonlyMap<string, CaseResult>;
  /** The capabilities that the backend declares, and those that they imply. */
  readonly offered: ReadonlySet<string>;
}

async function runAgainst(codes: Codes, stated?: PolicyValues): Promise<Found> {
  const { url: baseUrl, clientId, close } = await startForeign({ codes });
  try {
    const { capabilities } = await (await fetch(`${baseUrl}/__testkit`)).json();
    const open = async () => {
      const target = await controlTarget({ baseUrl, clientId });
      return stated === undefined ? target : { ...target, readPolicy: async () => stated };
    };
    const run = await openRun(spec, open, { seed: SEED });
    const results = await sideBySide(allCases, 16, (one) => run.outcome(one));
    const more = [codes === "unique" ? "unique-codes" : [], stated === undefined ? [] : "policy-read"].flat();
    return {
      facts: run.facts,
      results: new Map(results.map((result) => [result.id, result])),
      offered: new Set([...capabilities, "account-deletion", ...more]),
    };
  } finally {
    await close();
  }
}

const variants = ["unique codes", "one constant code", "its own figures stated"] as const;
type Variant = (typeof variants)[number];

const found = {} as Record<Variant, Found>;

beforeAll(async () => {
  found["unique codes"] = await runAgainst("unique");
  found["one constant code"] = await runAgainst("fixed");
  found["its own figures stated"] = await runAgainst("unique", ITS_FIGURES);
}, 5 * MINUTES);

function resultsOf(variant: Variant): readonly CaseResult[] {
  return [...found[variant].results.values()];
}

function described(results: readonly CaseResult[]): readonly string[] {
  return results.map(({ id, outcome, reason }) => `${id}: ${outcome}, ${reason}`);
}

test.each(variants)("with %s, every case has an outcome, and none is a failure or an error", (variant) => {
  expect(found[variant].facts).toMatchObject({ inconclusive: null, target: { name: "foreign-idaas 0.3.1" } });
  expect(found[variant].results.size).toBe(allCases.length);
  expect(described(resultsOf(variant).filter(({ outcome }) => outcome === "failed" || outcome === "error"))).toEqual(
    [],
  );
});

test("every finding is an order of checks, an open choice, or comes from an unstated policy value", () => {
  const isFounded = ({ strength }: { readonly strength: string }) => strength !== "inferred";
  const isFinding = ({ outcome, axis, violations }: CaseResult) =>
    outcome === "finding" && axis !== "order" && violations.some(isFounded);
  expect(described(resultsOf("its own figures stated").filter(isFinding))).toEqual([]);
  const assumed = [...resultsOf("unique codes"), ...resultsOf("one constant code")].filter(isFinding);
  expect(assumed.length).toBeGreaterThan(0);
  // With the stated policy, the case passes or does not apply.
  const stated = assumed.map(({ id }) => found["its own figures stated"].results.get(id)?.outcome);
  expect(new Set(stated)).toEqual(new Set(["passed", "not-applicable"]));
});

test.each(variants)("with %s, blocked cases lack the named capability, and all others are driven", (variant) => {
  const { offered } = found[variant];
  const isOffered = (way: string) => way.split("+").every((name) => offered.has(name));
  for (const { id, needs, missing, outcome, reason } of resultsOf(variant)) {
    const lacking = needs.filter((need) => !need.split("|").some(isOffered));
    // An operation that it does not claim needs no capability.
    if (outcome === "not-applicable") continue;
    expect({ id, isBlocked: outcome === "blocked" }).toEqual({ id, isBlocked: lacking.length > 0 });
    for (const name of missing.flatMap((additions) => additions.split(/[|+]/))) {
      expect({ id, name, isOffered: offered.has(name) }).toEqual({ id, name, isOffered: false });
    }
    for (const additions of missing) expect(reason).toContain(additions);
  }
});

test("one constant code blocks used, superseded and misplaced codes, and changes nothing else", () => {
  const takesCodes = spec.operations.filter(({ requiredFields }) => requiredFields.includes("verify_code"));
  expect(takesCodes.length).toBeGreaterThan(0);
  const names = ["code-used", "code-superseded", "code-of-another-scene", "code-of-another-receiver"];
  for (const id of takesCodes.flatMap((operation) => names.map((name) => `${operation.id}/${name}`))) {
    const { outcome, missing, reason } = found["one constant code"].results.get(id) ?? {};
    expect({ id, outcome, missing }).toEqual({
      id,
      outcome: "blocked",
      missing: expect.arrayContaining(["unique-codes"]),
    });
    expect(reason).toContain("all codes of the target are the same");
  }
  for (const { id, missing, outcome } of resultsOf("one constant code")) {
    const before = found["unique codes"].results.get(id);
    expect({ id, missing: missing.filter((name) => name !== "unique-codes") }).toEqual({
      id,
      missing: before?.missing,
    });
    if (!missing.includes("unique-codes")) expect({ id, outcome }).toEqual({ id, outcome: before?.outcome });
  }
});

test.each([
  ["unique codes", 80],
  ["one constant code", 75],
  ["its own figures stated", 80],
] as const)("with %s, at least %i percent of the cases are driven", (variant, percent) => {
  expect(summarize(resultsOf(variant)).driven_percent).toBeGreaterThanOrEqual(percent);
});

test.each(variants)("with %s, each documented error that can be driven has a case that passed", (variant) => {
  const cases = resultsOf(variant);
  const claimed = spec.operations.filter(({ id }) => found[variant].facts.target.operations.includes(id));
  const reached: boolean[] = [];
  for (const { id, errors } of claimed) {
    for (const code of new Set([...errors.values()].map((error) => error.code))) {
      const about = cases.filter(({ operation, check, error }) => operation === id && check !== null && error === code);
      const isPassed = about.some(({ outcome }) => outcome === "passed");
      const isKeptBack = about.length > 0 && about.every(({ outcome }) => outcome === "blocked");
      expect({ id, code, holds: isPassed || isKeptBack, cases: described(about) }).toMatchObject({
        id,
        code,
        holds: true,
      });
      reached.push(isPassed);
    }
  }
  // Not driving a case must remain an exception.
  expect(reached.filter(Boolean).length / reached.length).toBeGreaterThan(0.95);
});

test("no report contains a token of the backend", () => {
  const written = JSON.stringify(variants.flatMap(resultsOf));
  expect(written).toContain("<id_token>");
  expect(written.match(/\b(?:idt|at)~[\w-]{8,}|\b[0-9a-f]{40}\b/g)).toBeNull();
});

test("verify ends with 0, prints the matrix and the blocked cases, and equals the library's results", {
  timeout: 5 * MINUTES,
}, async () => {
  const { url, clientId, close } = await startForeign();
  onTestFinished(close);
  const file = join(await scratchFolder(), "report.json");
  const options = ["--client-id", clientId, "--seed", SEED, "--report", `json=${file}`];
  const verify = running(process.execPath, ["cli/main.ts", "verify", url, ...options], { cwd: PROJECT });
  expect({ code: await verify.ended, printed: verify.printed() }).toMatchObject({ code: 0 });
  expect(verify.printed()).toMatch(/^ciam-testkit \S+: foreign-idaas 0\.3\.1 at http/);
  const claimed = spec.operations.filter(({ dialect }) => dialect === "bamboocloud");
  for (const { id } of claimed) expect(verify.printed()).toMatch(new RegExp(`^${id} .* passed`, "m"));
  expect(verify.printed()).toMatch(/^ {2}IDAAS\.SDK\.USER\.0035 +finding mobile-own {2}ok mobile-taken$/m);
  expect(verify.printed()).toMatch(/^Blocked:\n {2}\d+ cases (need|lack) \w+/m);
  expect(verify.printed()).toMatch(
    /^\d+ cases: \d+ passed, 0 failed, \d+ blocked, .* 0 errors; [\d.]+ % driven; seed foreign$/m,
  );

  const report: Report = JSON.parse(await readFile(file, "utf8"));
  const outcomes = (cases: readonly { id: string; outcome: string }[]) =>
    cases.map((one) => `${one.id}: ${one.outcome}`);
  expect(outcomes(report.cases).sort()).toEqual(outcomes(resultsOf("unique codes")).sort());
});
