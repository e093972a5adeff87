/** The calls of the control protocol: each is sent and read as documented. */
import { expect, test } from "vitest";
import { controlTarget } from "../../../contracts/index.ts";
import type { Target } from "../../../contracts/target/target.ts";
import { DESCRIPTION, offering } from "../../support/contracts/test-build.ts";
import { type FakeRequest, type FakeResponse, json } from "../../support/mock/fake-server.ts";

type Use = (target: Target) => Promise<unknown> | undefined;
const TO = { to: "+86-15201657312", scene: "UPDATE_MOBILE_SMS" };
const SENT = { id: "9", code: "654321", sent_at: "2026-01-01T00:00:00Z", expires_at: "2026-01-01T00:05:00.500Z" };

test.each<[string, Use, string, unknown, FakeResponse, unknown]>([
  [
    "createAccount",
    (t) => t.createAccount?.({ mobile: "1" }),
    "POST accounts",
    { mobile: "1" },
    json({ id: "a", x: 1 }, 201),
    { id: "a", x: 1 },
  ],
  ["readAccount", (t) => t.readAccount?.("a/b c"), "GET accounts/a%2Fb%20c", undefined, json({ id: "a" }), { id: "a" }],
  [
    "readAccount of an unknown account",
    (t) => t.readAccount?.("a"),
    "GET accounts/a",
    undefined,
    { status: 404 },
    undefined,
  ],
  ["deleteAccount", (t) => t.deleteAccount?.("a"), "DELETE accounts/a", undefined, { status: 204 }, undefined],
  [
    "passwordMatches",
    (t) => t.passwordMatches?.("a", "p"),
    "POST accounts/a/password-check",
    { password: "p" },
    json({ matches: false }),
    false,
  ],
  [
    "issueTokens",
    (t) => t.issueTokens?.("a", {}),
    "POST accounts/a/tokens",
    {},
    json({ id_token: "i" }, 201),
    { idToken: "i" },
  ],
  [
    "issueTokens for a time",
    (t) => t.issueTokens?.("a", { expiresIn: -1 }),
    "POST accounts/a/tokens",
    { expires_in: -1 },
    json({ id_token: "i", access_token: "a" }, 201),
    { idToken: "i", accessToken: "a" },
  ],
  [
    "captchaToken",
    (t) => t.captchaToken?.({ sender: "1" }),
    "POST captcha-tokens",
    { sender: "1" },
    json({ captcha_token: "c" }, 201),
    "c",
  ],
  [
    "solveCaptcha",
    (t) => t.solveCaptcha?.("a+/="),
    "GET captcha/a%2B%2F%3D",
    undefined,
    json({ x: 0, y: 5 }),
    { x: 0, y: 5 },
  ],
  [
    "plantCode",
    (t) => t.plantCode?.({ ...TO, expiresIn: 0 }),
    "POST codes",
    { ...TO, expires_in: 0 },
    json({ code: "123" }, 201),
    "123",
  ],
  [
    "plantCode with a given code",
    (t) => t.plantCode?.({ ...TO, code: "42" }),
    "POST codes",
    { ...TO, code: "42" },
    json({ code: "42" }, 201),
    "42",
  ],
  [
    "readCode",
    (t) => t.readCode?.(TO),
    "GET messages?to=%2B86-15201657312&scene=UPDATE_MOBILE_SMS&wait=5",
    undefined,
    json({ messages: [{ id: "8", code: "1" }, SENT] }),
    { id: "9", code: "654321", expiresIn: 300.5, count: 2 },
  ],
  [
    "readCode without times",
    (t) => t.readCode?.({ ...TO, wait: 0, after: "7" }),
    "GET messages?to=%2B86-15201657312&scene=UPDATE_MOBILE_SMS&after=7&wait=0",
    undefined,
    json({ messages: [{ id: "8", code: "1" }] }),
    { id: "8", code: "1", count: 1 },
  ],
  [
    "readCode without a code",
    (t) => t.readCode?.({ ...TO, wait: 0 }),
    "GET messages?to=%2B86-15201657312&scene=UPDATE_MOBILE_SMS&wait=0",
    undefined,
    json({ messages: [] }),
    undefined,
  ],
  [
    "advanceClock",
    (t) => t.advanceClock?.(60),
    "POST clock",
    { advance_seconds: 60 },
    json({ now: "x" }),
    { now: "x" },
  ],
  [
    "failNext",
    (t) => t.failNext?.({ operation: "sendSms", check: "c", error: "E" }),
    "POST faults",
    { operation: "sendSms", check: "c", times: 1 },
    json({ id: "1" }, 201),
    undefined,
  ],
  ["readPolicy", (t) => t.readPolicy?.(), "GET policy", undefined, json({ code_length: 4 }), { code_length: 4 }],
  [
    "setPolicy",
    (t) => t.setPolicy?.({ code_length: null }),
    "PATCH policy",
    { code_length: null },
    json({}),
    undefined,
  ],
])("%s is sent and read as documented", async (_what, use, line, body, response, result) => {
  const { target, requests } = await offering(response, { clientId: "mine", controlToken: "s3cret" });
  expect(await use(target)).toEqual(result);
  const [{ method, path, headers, body: text } = {} as FakeRequest] = requests;
  expect(`${method} ${path}`).toBe(line.replace(" ", " /__testkit/"));
  expect(text === "" ? undefined : JSON.parse(text)).toEqual(body);
  expect(headers).toMatchObject({ "x-client-id": "mine", authorization: "Bearer s3cret" });
  // Some frameworks refuse a request that announces JSON and has no body.
  expect(headers["content-type"]).toBe(body === undefined ? undefined : "application/json");
});

test("a target that does not know our name for a check is sent the API's code", async () => {
  const { target, requests } = await offering(({ body }) =>
    body.includes("check") ? json({ title: "no such check" }, 400) : json({ id: "1" }, 201),
  );
  await target.failNext?.({ operation: "sendSms", check: "mobile-missing", error: "IDAAS.SDK.PARAM.0007" });
  expect(requests.map(({ body }) => JSON.parse(body))).toEqual([
    { operation: "sendSms", check: "mobile-missing", times: 1 },
    { operation: "sendSms", error: "IDAAS.SDK.PARAM.0007", times: 1 },
  ]);
});

test("a sandbox is used under its own client id with the same token, and closed", async () => {
  const { target, requests, baseUrl } = await offering(
    ({ path }) => (path.endsWith("sandboxes") ? json({ client_id: "s/1" }, 201) : json({ id: "a" })),
    { controlToken: "s3cret" },
  );
  const sandbox = await target.openSandbox?.();
  await sandbox?.createAccount?.({});
  await sandbox?.close();
  expect(sandbox).toMatchObject({ clientId: "s/1", baseUrl, name: "test build 3.1" });
  expect(
    requests.map(({ method, path, headers }) => [method, path, headers["x-client-id"], headers["authorization"]]),
  ).toEqual([
    ["POST", "/__testkit/sandboxes", undefined, "Bearer s3cret"],
    ["POST", "/__testkit/accounts", "s/1", "Bearer s3cret"],
    ["DELETE", "/__testkit/sandboxes/s%2F1", undefined, "Bearer s3cret"],
  ]);
});

test("the time that a call asks the target to wait is added to the timeout", async () => {
  const limits: number[] = [];
  const real = AbortSignal.timeout;
  const fetch = async (url: string) => Response.json(url.endsWith("/__testkit") ? DESCRIPTION : { messages: [] });
  const target = await controlTarget({ baseUrl: "http://ciam.test", timeoutMs: 1_000, fetch });
  AbortSignal.timeout = (ms) => {
    limits.push(ms);
    return real.call(AbortSignal, ms);
  };
  try {
    await target.readCode?.({ ...TO, wait: 7 });
    await target.readPolicy?.();
  } finally {
    AbortSignal.timeout = real;
  }
  expect(limits).toEqual([8_000, 1_000]);
});
