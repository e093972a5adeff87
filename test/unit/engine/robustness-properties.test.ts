/**
 * Any JSON in any field of any operation, through both adapters, among otherwise valid values: no 5xx and no exception. No
 * account changes as long as the codes are not among the values.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { createMock, type Mock } from "../../../mocks/index.ts";
import { MOBILE } from "../../support/mock/api.ts";
import { openCaptcha } from "../../support/mock/captcha.ts";
import { type Adapter, adapters, type RawResponse, type SendRaw } from "../../support/mock/raw-requests.ts";
import { openapi, operations } from "../spec/documents.ts";

const OWN_MOBILE = "13800000001";
const OWN_EMAIL = "alice@example.com";
const CODE = "right-code-9Z";
const PASSWORD = "Correct-Horse-1";

/** Two accounts with waiting codes, and a captcha of every kind. */
async function inhabited() {
  const mock = createMock({
    accounts: [
      { id: "alice", mobile: OWN_MOBILE, email: OWN_EMAIL, username: "alice", name: "张三", password: PASSWORD },
      { id: "bob", mobile: "13800000002", email: "bob@example.com" },
    ],
  });
  await mock.policy.patch({ code_max_attempts: 10_000, code_daily_limit: 10_000, code_resend_seconds: 0 });
  for (const scene of ["LOGIN_SMS", "FORGET_PWD_SMS", "UPDATE_PWD_SMS"]) {
    await mock.codes.plant({ to: OWN_MOBILE, scene, code: CODE });
  }
  await mock.codes.plant({ to: MOBILE, scene: "UPDATE_MOBILE_SMS", code: CODE });
  await mock.codes.plant({ to: MOBILE, scene: "CHANNEL_BIND_PHONE", code: CODE });
  await mock.codes.plant({ to: "new@example.com", scene: "UPDATE_EMAIL_EMS", code: CODE });
  const { idToken, accessToken } = await mock.accounts.issueTokens("alice");
  const signedIn = (dialect: string): Record<string, string> =>
    dialect === "genauth"
      ? { "x-authing-app-id": mock.clientId, authorization: accessToken }
      : { authorization: `Bearer ${idToken}` };
  const { token } = await openCaptcha(mock);
  const pass = await mock.captcha.issueToken({ sender: MOBILE });
  return { mock, signedIn, good: [token, pass] };
}

async function accountsOf(mock: Mock) {
  const alice = await mock.accounts.read("alice");
  return { alice, bob: await mock.accounts.read("bob"), same: await mock.accounts.hasPassword("alice", PASSWORD) };
}

const texts = ["", " ", "\u0000", "\ud800", "\ufeff", "__proto__", "constructor", "null", "0", "a".repeat(3_000)];
const receivers = [MOBILE, OWN_MOBILE, "+86-13800000002", "+86", OWN_EMAIL, "new@example.com", "BOB@EXAMPLE.COM"];
const scenes = [
  "UPDATE_MOBILE_SMS",
  "UPDATE_PWD_SMS",
  "LOGIN_SMS",
  "UPDATE_EMAIL_EMS",
  "CHANNEL_BIND_PHONE",
  "constructor",
];
const passwords = [PASSWORD, "Brand-New-Horse-2", "ecila-Horse-1", "Aa1".repeat(900), "😀".repeat(9)];
const points = ['{"x":100,"y":5}', '{"x":1e999,"y":5}', '{"x":null}', "[]", "{", '{"__proto__":{"x":1}}'];
const numbers = [0, -0, -1, 1.5, 1e21, Number.MAX_SAFE_INTEGER + 2, 5e-324];

function values(good: readonly string[]): fc.Arbitrary<unknown> {
  return fc.oneof(
    fc.constantFrom(...texts, ...receivers, ...scenes, ...passwords, ...points, ...good),
    fc.constantFrom<unknown>(...numbers, true, false, null, undefined, [], {}, { toString: 1 }, [[MOBILE]]),
    fc.jsonValue({ maxDepth: 4 }),
    fc.string({ unit: "binary", maxLength: 40 }),
  );
}

/** The fields of requests to the operation's path, from openapi.yaml. */
function fieldsOf({ requestBody }: (typeof operations)[number]): string[] {
  const schema = requestBody?.content["application/json"].schema ?? {};
  const names = [schema, ...(schema.oneOf ?? [])].map(({ $ref }) => String($ref).split("/").at(-1) ?? "");
  return names.flatMap((name) => Object.keys(openapi.components.schemas[name]?.properties ?? {}));
}

const posting = operations.filter(({ method }) => method === "POST");
const cases = adapters.flatMap((adapter) =>
  posting.map((operation) => ({ adapter, adapterName: adapter.name, operation })),
);

test("eleven operations take a body, and each body has fields", () => {
  expect(posting.map((operation) => fieldsOf(operation).length > 0)).toEqual(Array(11).fill(true));
});

test.each(cases)(
  "$adapterName: $operation.operationId gives a documented response for any value of any field",
  async ({ adapter, operation }) => {
    const { mock, signedIn, good } = await inhabited();
    const sendRaw = await adapter.open(mock);
    const before = await accountsOf(mock);
    const anonymous = operation.when?.present === false;
    const headers = anonymous ? {} : signedIn(operation["x-ciam-dialect"]);
    const fields = Object.fromEntries(fieldsOf(operation).map((field) => [field, values(good)]));
    const body = fc.record(fields, { requiredKeys: [] }).map((given) => JSON.stringify(given));
    const property = fc.asyncProperty(body, async (text) => {
      const response = await sendRaw(operation.path, { method: "POST", headers, body: text });
      expectClear[operation["x-ciam-dialect"] as keyof typeof expectClear](response);
      expect(await accountsOf(mock)).toEqual(before);
    });
    await fc.assert(property, { numRuns: adapter.name === "mock.fetch" ? 150 : 40 });
  },
);

/** A documented response: an empty body, an object of its kind, or an error with a known code. */
const expectClear = {
  bamboocloud({ status, type, text }: RawResponse): void {
    expect([200, 400]).toContain(status);
    if (status === 200 && text === "") return;
    expect(type).toBe("application/json");
    const said = JSON.parse(text);
    if (status === 400) expect(said.error_code).toMatch(/^IDAAS\.SDK\.[A-Z]+\.\d{4}$/);
  },
  genauth({ status, type, text }: RawResponse): void {
    expect([status, type]).toEqual([200, "application/json"]);
    const { statusCode, message, requestId } = JSON.parse(text);
    expect(statusCode).toBeLessThan(500);
    expect(message).toMatch(/\S/);
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  },
};

const anyHeaders = fc.dictionary(
  fc.constantFrom(
    ...["authorization", "x-client-id", "x-agent", "x-l", "x-device-ip", "content-type"],
    ...["x-authing-app-id", "x-genauth-app-id", "x-authing-lang"],
  ),
  fc.string({
    unit: fc
      .integer({ min: 0x20, max: 0xff })
      .filter((code) => code !== 0x7f)
      .map((code) => String.fromCharCode(code)),
    maxLength: 60,
  }),
);

const anyBody = fc.oneof(
  fc.jsonValue().map((value) => JSON.stringify(value)),
  fc.string({ unit: "binary" }),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Uint8Array.from(bytes)),
);

test.each(adapters.map((adapter) => ({ adapter, adapterName: adapter.name })))(
  "$adapterName: every operation gives a documented response for any body and header",
  async ({ adapter }: { adapter: Adapter }) => {
    const { mock } = await inhabited();
    const sendRaw: SendRaw = await adapter.open(mock);
    const before = await accountsOf(mock);
    const property = fc.asyncProperty(
      fc.constantFrom(...operations),
      anyHeaders,
      anyBody,
      async (target, headers, body) => {
        const { path, method } = target;
        const { status } = await sendRaw(path, { method, headers, ...(method === "GET" ? {} : { body }) });
        expect([200, 400]).toContain(status);
        expect(await accountsOf(mock)).toEqual(before);
      },
    );
    await fc.assert(property, { numRuns: adapter.name === "mock.fetch" ? 300 : 100 });
    const { requests } = JSON.parse((await sendRaw("/__testkit/requests")).text);
    expect(requests.length).toBeGreaterThan(0);
  },
);
