/** What is found before the first case: a wrong base URL, operations that are not there, an unknown client id. */
import { expect, test } from "vitest";
import { exitCode } from "../../contracts/reports/exit-code.ts";
import { openRun } from "../../contracts/runner/run.ts";
import { type RunAllOptions, runAll } from "../../contracts/runner/run-all.ts";
import { packagedSpec } from "../../contracts/spec/spec-file.ts";
import { controlTarget } from "../../contracts/target/control-target.ts";
import { DescriptionError } from "../../contracts/target/known-names.ts";
import type { Target } from "../../contracts/target/target.ts";
import { newBackend } from "../foreign/backend.ts";
import type { Options } from "../foreign/options.ts";
import { withOptions } from "../foreign/options.ts";
import { EVERYTHING } from "../foreign/presets.ts";

const spec = packagedSpec();
const BASE = "http://foreign.test";

interface Altered {
  /** Changes the response to a request of the API; undefined leaves it. */
  readonly answer?: (path: string, init: RequestInit) => Response | undefined;
  readonly options?: Options;
  readonly clientId?: string;
  readonly target?: Partial<Target>;
}

/** A whole backend whose responses can be altered. */
function connecting({ answer, options = {}, clientId, target = {} }: Altered) {
  const backend = newBackend({ choices: withOptions(EVERYTHING, options) });
  const requests: string[] = [];
  const fetch = async (url: string, init: RequestInit) => {
    const path = url.slice(BASE.length);
    if (!path.startsWith("/__testkit")) requests.push(`${init.method} ${path}`);
    return (path.startsWith("/__testkit") ? undefined : answer?.(path, init)) ?? backend.fetch(url, init);
  };
  const source = async () => ({
    ...(await controlTarget({ baseUrl: BASE, clientId: clientId ?? backend.clientId, fetch })),
    ...target,
  });
  return { source, requests };
}

async function ran(altered: Altered, only: readonly string[], more: Partial<RunAllOptions> = {}) {
  const { source, requests } = connecting(altered);
  const report = await runAll(spec, source, { seed: "preflight", version: "0", only, ...more });
  return { report, requests, code: exitCode(report) };
}

const notFound = () => new Response("<h1>Not Found</h1>", { status: 404 });
const EMAIL = ["updateEmail/success", "updateEmail/email-taken", "updateMobile/success"];

test.each([
  ["404", notFound],
  ["501", () => new Response("", { status: 501 })],
  ["404", () => Response.json({ error_code: "IDAAS.HTTP.0404", error_msg: "no such path" }, { status: 404 })],
])(
  "an operation that answers every request with %s is not there, and its cases do not apply",
  async (status, absent) => {
    const answer = (path: string) => (path.endsWith("/update-email") ? absent() : undefined);
    const { report, code } = await ran({ answer }, EMAIL);
    const reason = `updateEmail answers every request with ${status}: the target does not have it`;
    expect(report.cases.map(({ id, outcome, reason }) => [id, outcome, reason])).toEqual([
      ["updateMobile/success", "passed", ""],
      ["updateEmail/success", "not-applicable", reason],
      ["updateEmail/email-taken", "not-applicable", reason],
    ]);
    expect(report.target.operations).not.toContain("updateEmail");
    expect({ code, hints: report.hints }).toEqual({ code: 0, hints: [] });
  },
);

test("an operation that the description lists by name is tested, and a hint says that it is not there", async () => {
  const answer = (path: string) => (path.endsWith("/update-email") ? notFound() : undefined);
  const options = { operations: ["updateMobile", "updateEmail"], dialects: ["bamboocloud"] };
  const { report, code } = await ran({ answer, options }, EMAIL);
  expect(report.cases.map(({ outcome }) => outcome)).toEqual(["passed", "failed", "failed"]);
  expect(report.hints).toEqual([
    'updateEmail answers every request with 404, but "operations" lists it: implement it, or remove it there',
  ]);
  expect(code).toBe(1);
});

test("a dialect that the target lists and does not have is tested; without the list it does not apply", async () => {
  const answer = (path: string) => (path.startsWith("/api/v3/") ? notFound() : undefined);
  const only = ["genauthGetProfile/success", "updateMobile/success"];
  const listed = await ran({ answer, options: { dialects: ["bamboocloud", "genauth"] } }, only);
  expect(listed.report.cases.map(({ outcome }) => outcome)).toEqual(["passed", "failed"]);
  expect(listed.report.hints).toHaveLength(4);
  expect(listed.report.hints[0]).toContain('but "dialects" lists genauth: implement it, or list "operations"');
  const unlisted = await ran({ answer, target: { dialects: undefined } as never }, only);
  expect(unlisted.report.cases.map(({ outcome }) => outcome)).toEqual(["passed", "not-applicable"]);
});

test("an operation that answers only some requests with 404 is there, and its cases fail", async () => {
  const answer = (path: string, { headers }: RequestInit) => {
    const isSignedIn = Object.keys(Object(headers)).some((name) => name.toLowerCase() === "authorization");
    return path.endsWith("/update-email") && isSignedIn ? notFound() : undefined;
  };
  const { report } = await ran({ answer }, EMAIL);
  expect(report.cases.map(({ outcome }) => outcome)).toEqual(["passed", "failed", "failed"]);
});

test.each<[string, () => Response, string]>([
  [
    "404",
    notFound,
    `Every request to ${BASE} was answered 404: is the base URL right? It must be the URL before /api/v2/sdk/... and /api/v3/...`,
  ],
  [
    "a redirect",
    () => new Response(null, { status: 301, headers: { location: "https://foreign.test/" } }),
    `Every request to ${BASE} was answered 301 with the location https://foreign.test/: is the base URL right? Redirects are not followed`,
  ],
  [
    "403",
    () => new Response("no key", { status: 403 }),
    `Every request to ${BASE} was answered 403 by something before the API: does a gateway ask for a key? A target module can send it in "headers"`,
  ],
  [
    "502",
    () => new Response("", { status: 502 }),
    `Every request to ${BASE} was answered 502: the gateway cannot reach the API`,
  ],
  [
    "the complaint of a TLS port",
    () => new Response("Client sent an HTTP request to an HTTPS server.", { status: 400 }),
    `Every request to ${BASE} was answered 400: the port expects TLS; use https:// instead of http://`,
  ],
])("where every answer is %s, one sentence says what to do, and no case is run", async (_what, answer, sentence) => {
  const { report, requests, code } = await ran({ answer }, ["updateMobile/*"]);
  expect(report.inconclusive).toBe(sentence);
  expect(code).toBe(3);
  expect(new Set(report.cases.map(({ outcome, reason }) => `${outcome} ${reason}`))).toEqual(
    new Set([`error ${sentence}`]),
  );
  // Two for each operation at most.
  expect(requests.length).toBeLessThanOrEqual(2 * spec.operations.length);
});

test("an API whose every answer is wrong in a way of its own is left to the cases", async () => {
  for (const answer of [() => new Response("<html>"), () => Response.json({ error: "oops" }, { status: 400 })]) {
    const { report, code } = await ran({ answer }, ["updateMobile/success", "getCaptcha/success"]);
    expect(report.inconclusive).toBeNull();
    expect(report.cases.map(({ outcome }) => outcome)).toEqual(["failed", "failed"]);
    expect(code).toBe(1);
  }
});

test.each([
  ["with sandboxes", {}],
  ["without sandboxes", { openSandbox: undefined } as never],
])("a client id that the target does not know is said once, %s", async (_what, target) => {
  const { report, code } = await ran({ clientId: "stranger", target }, ["updateMobile/*"]);
  const sentence =
    "The target does not know the client id stranger of X-client-id: pass the id of an application that it knows with --client-id";
  expect(report.inconclusive).toBe(sentence);
  expect(code).toBe(3);
  expect(new Set(report.cases.map(({ reason }) => reason))).toEqual(new Set([sentence]));
});

test("a client id that one of two systems does not know blocks the cases of that system", async () => {
  const unknown = () => Response.json({ statusCode: 404, apiCode: 2011, message: "no such app" });
  const answer = (path: string) => (path.startsWith("/api/v3/") ? unknown() : undefined);
  const { report, code } = await ran({ answer, target: { openSandbox: undefined } as never }, [
    "updateMobile/success",
    "genauthGetProfile/success",
  ]);
  expect(report.cases.map(({ outcome }) => outcome)).toEqual(["passed", "blocked"]);
  expect(report.cases[1]?.reason).toMatch(/^the target does not know the client id \S+ of x-authing-app-id: /);
  expect(report.inconclusive).toMatch(/^The target does not know the client id \S+ of x-authing-app-id: /);
  expect(code).toBe(3);
});

test("one operation that wrongly refuses the client id does not stand for the others", async () => {
  const refusal = { error_code: "IDAAS.SDK.PARAM.0003", error_msg: "The app is not registered" };
  const answer = (path: string) => (path.endsWith("/sms/send") ? Response.json(refusal, { status: 400 }) : undefined);
  const { report } = await ran({ answer }, ["sendSms/success", "updateMobile/success"]);
  expect(report.inconclusive).toBeNull();
  expect(report.cases.map(({ outcome }) => outcome)).toEqual(["failed", "passed"]);
});

test("a target that cannot be reached is said once, even if only the API cannot", async () => {
  const answer = () => {
    throw Object.assign(new TypeError("fetch failed"), {
      cause: Object.assign(new Error("x"), { code: "ECONNREFUSED" }),
    });
  };
  const { report, code } = await ran({ answer }, ["updateMobile/*"]);
  expect(report.inconclusive).toContain(`${BASE} refuses connections`);
  expect(code).toBe(3);
});

test.each<[string, Partial<Target>, string]>([
  [
    "operations",
    { operations: ["updateMobil"] },
    'has the unknown operation "updateMobil"; did you mean "updateMobile"?',
  ],
  ["operations", { operations: ["fly"] }, 'has the unknown operation "fly"; expected one of getCaptcha, '],
  ["dialects", { dialects: ["bambocloud"] }, 'has the unknown dialect "bambocloud"; did you mean "bamboocloud"?'],
  ["dialects", { dialects: "genauth" } as never, 'must be a list, such as ["bamboocloud","genauth"]'],
  ["codeSemantics", { codeSemantics: "fix" } as never, 'has the unknown value "fix"; expected one of unique, fixed'],
])("unknown %s of a target end the run before any request", async (field, target, words) => {
  const { source, requests } = connecting({ target });
  const opened = openRun(spec, source, { seed: "names" });
  await expect(opened).rejects.toThrow(DescriptionError);
  await expect(opened).rejects.toThrow(`"${field}" ${words}`);
  expect(requests).toEqual([]);
});

test.each([
  [{ operation: ["sendSms"] }, 'unknown field "operation"; did you mean "operations"?'],
  [{ plantCodes: async () => "1", plantCode: undefined }, 'unknown field "plantCodes"; did you mean "plantCode"?'],
  [{ baseURL: "x" }, undefined],
  [{ fetchIt: 1, clone: 2, dialectsOfMine: 3 }, undefined],
])("a field %j of a target module: %s", async (fields, words) => {
  const { source } = connecting({ target: { openSandbox: undefined, ...fields } as never });
  const message = await openRun(spec, source, { seed: "names" }).then(
    () => undefined,
    (error: Error) => error.message,
  );
  if (words === undefined) expect(message).toBeUndefined();
  else expect(message).toContain(words);
});
