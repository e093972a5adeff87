/** Against any target the run ends, reports what it received, and never reports conformance. */
import { readFileSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { allCases } from "../../contracts/all-cases.ts";
import { driven, summarize } from "../../contracts/reports/summary.ts";
import { type CaseResult, outcomeOf } from "../../contracts/runner/outcome.ts";
import { planOf } from "../../contracts/runner/plan.ts";
import { readSpec } from "../../contracts/spec/read-spec.ts";
import { controlTarget } from "../../contracts/target/control-target.ts";
import type { Target } from "../../contracts/target/target.ts";
import type { Case } from "../../contracts/world/case.ts";
import { openSession } from "../../contracts/world/session.ts";
import { createMock } from "../../mocks/index.ts";
import * as wrong from "../support/contracts/always-wrong.ts";

const openapi = readFileSync(new URL("../../openapi.yaml", import.meta.url), "utf8");
const spec = readSpec(openapi);

interface Kind {
  readonly name: string;
  start(): Promise<wrong.WrongServer>;
  /** What the reasons say about it. */
  readonly says: RegExp;
  /** The timeout, for targets that make the suite wait. */
  readonly timeoutMs?: number;
}

/** These give no response that could be judged. */
const silent: readonly Kind[] = [
  {
    name: "a port where nothing listens",
    start: wrong.startUnreachable,
    says: /refuses connections: no server listens there$/,
  },
  { name: "a server that hangs", start: wrong.startHanging, says: /did not respond within 0\.1 s$/, timeoutMs: 100 },
  {
    name: "a server that drops every connection",
    start: wrong.startDropping,
    says: /closed the connection(; if the port expects TLS, use https:.*)?$/,
  },
  {
    name: "a server that closes in the middle of the body",
    start: wrong.startCuttingShort,
    says: /closed the connection(; if the port expects TLS, use https:.*)?$/,
  },
  { name: "a server of another protocol", start: wrong.startNoHttp, says: /failed: .*HTTP/ },
  { name: "a server that says its answer is compressed", start: wrong.startFalselyCompressed, says: /failed: .+/ },
  {
    name: "a TLS port addressed with http",
    start: wrong.startTls,
    says: /closed the connection(; if the port expects TLS, use https:.*)?$/,
  },
  {
    name: "an HTTP port addressed with https",
    start: wrong.startWithoutTls,
    says: /does not speak TLS; try http:\/\/ instead of https:\/\/$/,
  },
];

/** These always give the same response. */
const talking: readonly Kind[] = [
  {
    name: "a server that always returns 200 without a body",
    start: wrong.startEmpty,
    says: /200 (without a body|\{"statusCode":200)/,
  },
  { name: "a server that always returns an empty object", start: wrong.startEmptyObject, says: /got (200 )?{}/ },
  {
    name: "a server that always refuses with PARAM.0001",
    start: wrong.startRefusing,
    says: /got .*IDAAS\.SDK\.PARAM\.0001/,
  },
  {
    name: "a server that echoes the documented examples",
    start: () => wrong.startEchoingExamples(openapi),
    says: /200 (without a body|\{"statusCode":200)/,
  },
  { name: "a server that always returns a page of HTML", start: wrong.startHtml, says: /got (200 )?<!doctype html>/ },
  { name: "a server that finds nothing", start: wrong.startNotFound, says: /got 404 Not found/ },
  { name: "a server that always redirects", start: wrong.startRedirecting, says: /got 302 without a body/ },
  {
    name: "a server that returns bytes that are not text",
    start: wrong.startBinary,
    says: /expected no body, got 200 \ufffd/,
  },
];

test.each(silent)("the run stops $name after five requests, with the reason for each case", async (kind) => {
  const server = await started(kind);
  const results = await run(await wellDriven(server), everyNth(20), kind);
  const ran = results.filter(({ outcome }) => outcome !== "not-applicable");
  expect([...new Set(ran.map(({ outcome }) => outcome))]).toEqual(["error"]);
  const [first, ...others] = [...new Set(ran.map(({ reason }) => reason))];
  expect(first).toMatch(kind.says);
  expect(others).toEqual([expect.stringMatching(/has stopped responding$/)]);
  expect(server.requestCount()).toBeLessThanOrEqual(5);
});

test.each(talking)("$name fails most cases, and the reasons show the response", async (kind) => {
  const results = await run(await wellDriven(await started(kind)), everyNth(12), kind);
  const { passed, failed } = summarize(results);
  expect(failed).toBeGreaterThan(results.length / 2);
  // A case about a refusal passes with a server that refuses everything.
  expect(passed).toBeLessThan(failed);
  const failures = results.filter(({ outcome }) => outcome === "failed");
  expect(failures.filter(({ reason }) => kind.says.test(reason)).length).toBeGreaterThan(failures.length / 2);
  expect(failures.filter(({ exchanges }) => exchanges.length === 0)).toEqual([]);
});

test.each([...silent, ...talking])("$name does not conform without a control interface", async (kind) => {
  const { url: baseUrl } = await started(kind);
  const asked = controlTarget({ baseUrl, ...limitOf(kind) });
  const found = await asked.then((target) => run(target, allCases, kind), String);
  if (typeof found === "string") {
    expect(found).toMatch(kind.says);
    return;
  }
  const summary = summarize(found);
  expect(summary.failed > 0 || summary.errors > 0 || driven(summary) === 0).toBe(true);
  expect(found.filter(({ outcome, reason }) => outcome !== "passed" && reason === "")).toEqual([]);
});

async function started({ start }: Kind): Promise<wrong.WrongServer> {
  const server = await start();
  onTestFinished(() => server.close());
  return server;
}

/** A sample of all kinds of cases: each needs time to prepare. */
function everyNth(n: number): readonly Case[] {
  return allCases.filter((_, index) => index % n === 0);
}

/** An API with the mock's control protocol that does what it is told, so every case sends its request. */
async function wellDriven({ url: baseUrl }: wrong.WrongServer): Promise<Target> {
  // The test does not wait for a message that never comes.
  const mock = createMock({ sleep: async () => undefined });
  const isControl = (url: string) => url.startsWith(`${baseUrl}/__testkit`);
  return controlTarget({ baseUrl, fetch: (url, init) => (isControl(url) ? mock.fetch(url, init) : fetch(url, init)) });
}

async function run(target: Target, cases: readonly Case[], kind: Kind): Promise<readonly CaseResult[]> {
  const session = await openSession(spec, target, { seed: "always wrong", ...limitOf(kind) });
  const results: CaseResult[] = [];
  for (const entry of planOf(spec, cases, target)) results.push(await outcomeOf(session, entry));
  return results;
}

function limitOf({ timeoutMs }: Kind) {
  return timeoutMs === undefined ? {} : { timeoutMs };
}
