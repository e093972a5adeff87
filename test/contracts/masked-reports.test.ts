/** A run whose every case fails reports a lot, and no format contains a secret. */
import { expect, test } from "vitest";
import { allCases } from "../../contracts/all-cases.ts";
import { annotations } from "../../contracts/reports/annotations.ts";
import { reportFormats } from "../../contracts/reports/formats.ts";
import type { Report } from "../../contracts/reports/report.ts";
import { reportedCauses } from "../../contracts/reports/shared/causes.ts";
import { summarize } from "../../contracts/reports/summary.ts";
import { matrixText } from "../../contracts/reports/terminal/matrix.ts";
import { openChoices } from "../../contracts/runner/choices.ts";
import { coverageOf } from "../../contracts/runner/coverage.ts";
import { outcomeOf } from "../../contracts/runner/outcome.ts";
import { inRunningOrder, selected } from "../../contracts/runner/plan.ts";
import { openRun } from "../../contracts/runner/run.ts";
import { runAll } from "../../contracts/runner/run-all.ts";
import { packagedSpec } from "../../contracts/spec/spec-file.ts";
import { controlTarget } from "../../contracts/target/control-target.ts";
import type { Case } from "../../contracts/world/case.ts";
import { openSession } from "../../contracts/world/session.ts";
import type { World } from "../../contracts/world/world.ts";
import { createMock } from "../../mocks/index.ts";
import { type Secret, traceOf } from "../support/contracts/secrets.ts";

/** Those with the most to report: in each operation the flows and every kind of secret. */
const CASES = [
  "*/success",
  "*/code-used",
  "*/same-code-*",
  "*/number-forms",
  "*/very-long-values",
  "*/own-account-only",
];
const cases = selected(allCases, CASES);
/** A form case reports exchanges of other cases. */
const FORM_CASES = ["*/form"];

const GATEWAY_KEY = "k3y-of-the-gateway";

type Spoil = (request: Request, response: Response) => Promise<Response>;

/** Fields of the control protocol that are secrets, numbers or addresses. */
const FIELDS: Readonly<Record<string, string>> = {
  mobile: "mobile",
  email: "email",
  to: "mobile",
  sender: "mobile",
  password: "password",
  code: "verify_code",
  id_token: "id_token",
  access_token: "access_token",
  session_token: "session_token",
  captcha_token: "captcha_token",
};

/** The mock as a target that can spoil each response of the API. Collects the secrets that pass through it. */
async function spoiledTarget(spoil: Spoil) {
  const mock = createMock();
  const secrets = new Map<string, Secret>([[GATEWAY_KEY, { name: "header", text: GATEWAY_KEY }]]);
  let spoiling = false;
  const note = (json: string) => {
    if (!json.startsWith("{")) return;
    JSON.parse(json, (field, value: unknown) => {
      const name = FIELDS[field];
      if (name !== undefined && typeof value === "string")
        secrets.set(value, { name: value.includes("@") ? "email" : name, text: value });
      return value;
    });
  };
  const target = await controlTarget({
    baseUrl: "http://ciam.test",
    async fetch(url, init) {
      const response = await mock.fetch(url, init);
      const isControl = url.includes("/__testkit");
      if (isControl) note(String(init.body));
      if (isControl || response.ok) note(await response.clone().text());
      return spoiling && !isControl ? spoil(new Request(url, init), response) : response;
    },
  });
  const headers = { "x-gateway-key": GATEWAY_KEY };
  const openSandbox = async () => ({ ...(await offered(target.openSandbox)()), headers });
  return {
    target: { ...target, openSandbox, headers },
    secrets: () => [...secrets.values()],
    beginToSpoil: () => {
      spoiling = true;
    },
  };
}

function offered<F>(method: F | undefined): F {
  if (method === undefined) throw new Error("the mock offers everything");
  return method;
}

/** Everything that a run of these cases would write, and the secrets that it used. */
async function written(spoil: Spoil, only: readonly string[] = [...CASES, ...FORM_CASES]) {
  const spec = packagedSpec();
  const { target, secrets, beginToSpoil } = await spoiledTarget(spoil);
  const run = await openRun(spec, target, { seed: "masked", strict: true, only });
  beginToSpoil();
  const chosen = inRunningOrder(selected(allCases, only));
  const results = await Promise.all(chosen.map((one) => run.outcome(one)));
  const { facts } = run;
  const report: Report = {
    tool: { name: "ciam-testkit", version: "0" },
    ...facts,
    summary: summarize(results),
    cases: results,
    coverage: coverageOf(spec, facts.target.operations, results),
    stale_entries: [],
    choices: openChoices(results),
    causes: reportedCauses(results),
  };
  const formats = [
    ...Object.values(reportFormats).map((format) => format(report)),
    matrixText(report),
    annotations(report),
  ];
  return { summary: report.summary, secrets: secrets(), formats };
}

function expectNoTrace({ summary, secrets, formats }: Awaited<ReturnType<typeof written>>): void {
  expect(summary.failed + summary.errors).toBeGreaterThan(summary.total / 3);
  const names = new Set(secrets.map(({ name }) => name));
  for (const name of ["mobile", "email", "password", "verify_code", "id_token", "captcha_token"])
    expect(names).toContain(name);
  const texts = formats.join("\n");
  expect(texts.length).toBeGreaterThan(100_000);
  expect(secrets.filter((secret) => traceOf(secret, texts) !== undefined)).toEqual([]);
}

/** Returns everything that it was sent, also in upper case and as JSON within JSON. */
async function echo(request: Request): Promise<Response> {
  const sent = `${request.headers.get("authorization")} ${await request.text()}`;
  return Response.json({
    error_code: "X",
    error_msg: sent,
    again: JSON.stringify(sent),
    loud: sent.replace(/\S+@\S+/g, (address) => address.toUpperCase()),
  });
}

test("a backend that echoes its requests gets no secret into a report", async () => {
  expectNoTrace(await written(echo));
});

test("a backend with one field too many gets further requests, and its secrets are masked", async () => {
  const oneFieldTooMany: Spoil = async (request, response) => {
    const text = await response.text();
    const fields = text.startsWith("{") ? JSON.parse(text) : {};
    return Response.json({ ...fields, trace: `${await request.text()} ${text}` }, { status: response.status });
  };
  // Without the form cases, each case reports the field itself.
  expectNoTrace(await written(oneFieldTooMany, CASES));
});

test("a backend that wraps its responses gets no secret into a report", async () => {
  const run = await written(async (request, response) => {
    const text = await response.text();
    const data: unknown = text === "" ? null : JSON.parse(text);
    return Response.json({ code: 0, data, debug: await request.text() }, { status: response.status });
  });
  expectNoTrace(run);
});

test("a refresh token that the documents do not know, and a session cookie, are masked", async () => {
  const [token, cookie] = ["rt-9f8e7d6c5b4a", "5e55-10n-c00k1e"];
  const { target, beginToSpoil } = await spoiledTarget(async (_request, response) => {
    const headers = { "set-cookie": `SESSION=${cookie}; Path=/`, "x-refresh-token": token };
    return Response.json({ refresh_token: token, note: `${token} ${cookie}` }, { status: response.status, headers });
  });
  beginToSpoil();
  const only = ["loginByMobileCode/success", "updateMobile/mobile-taken"];
  const report = await runAll(packagedSpec(), target, { seed: "masked", version: "0", only });
  const texts = [...Object.values(reportFormats), matrixText, annotations].map((format) => format(report)).join("\n");
  expect(texts).toContain("<refresh_token> <set_cookie");
  expect(texts).not.toContain(token);
  expect(texts).not.toContain(cookie);
});

test("a secret that becomes known after a violation is masked in that violation too", async () => {
  const { target } = await spoiledTarget(async (_request, response) => response);
  const session = await openSession(packagedSpec(), target, { seed: "masked" });
  const about = {
    ...cases[0],
    async run({ violate, secrets }: World) {
      violate("body of 482913", "nothing but 482913", "the code 482913");
      secrets.add("verify_code", "482913");
    },
  } as Case;
  const result = await outcomeOf(session, { case: about, notApplicable: undefined, missing: [] });
  expect(result.violations).toEqual([
    {
      what: "body of <verify_code>",
      expected: "nothing but <verify_code>",
      got: "the code <verify_code>",
      strength: "documented",
      source: "page captcha/get-captcha.html",
      verdict: "failed",
      exchange: null,
    },
  ]);
  expect(JSON.stringify(result)).not.toContain("482913");
});

test("a case that the target prevents from being arranged is reported without a secret", async () => {
  const { target, secrets } = await spoiledTarget(async (_request, response) => response);
  const refusing = async (seed: object) => {
    throw new Error(`cannot create ${JSON.stringify(seed)}`);
  };
  const openSandbox = async () => {
    const sandbox = await target.openSandbox();
    return beginning ? { ...sandbox, createAccount: refusing } : sandbox;
  };
  let beginning = false;
  const run = await openRun(packagedSpec(), { ...target, openSandbox }, { seed: "masked" });
  beginning = true;
  const [one] = selected(cases, ["updateMobile/success"]);
  const { outcome, reason } = await run.outcome(one as Case);
  expect({ outcome, reason }).toEqual({
    outcome: "error",
    reason: expect.stringContaining('cannot create {"mobile":"<mobile>'),
  });
  expect(secrets().filter((secret) => traceOf(secret, reason) !== undefined)).toEqual([]);
});
