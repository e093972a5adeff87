/** Malformed input through both adapters: always a clear response, never a 5xx, and no account changes. */
import { expect, test } from "vitest";
import { MOBILE, signedInAccount, stillMock } from "../../support/mock/api.ts";
import { type Adapter, adapters, type SendRaw } from "../../support/mock/raw-requests.ts";

const LOGIN = "/api/v2/sdk/login/mobile-verify-code";

async function opened(adapter: Adapter): Promise<SendRaw> {
  return adapter.open(stillMock());
}

/** The refusal of a request without a mobile number: its body was read as an object. */
const NO_MOBILE = { status: 400, type: "application/json", text: expect.stringContaining("IDAAS.SDK.USER.0004") };
const MALFORMED = { status: 400, type: "application/problem+json", text: expect.stringContaining("Malformed body") };
const TOO_LARGE = { status: 413, type: "application/problem+json", text: expect.stringContaining("65536 bytes") };

function through<Case extends object>(cases: readonly Case[]): (Case & { adapter: Adapter; adapterName: string })[] {
  return adapters.flatMap((adapter) => cases.map((one) => ({ ...one, adapter, adapterName: adapter.name })));
}

/** Each text through each adapter, with a form of it that can be part of a title. */
function throughWith(...texts: string[]): { text: string; shown: string; adapter: Adapter; adapterName: string }[] {
  return through(texts.map((text) => ({ text, shown: JSON.stringify(text).slice(0, 60) })));
}

test.each(
  throughWith(
    "{",
    "}",
    "nonsense",
    "{'mobile':'1'}",
    '{"mobile":"1",}',
    '{"mobile":"1"}{}',
    '{"mobile":undefined}',
    '{"mobile":NaN}',
    '{"mobile":"\u0001"}',
    "mobile=15201657312",
    " ",
    "\u0000",
    "[".repeat(60_000),
    '{"a":'.repeat(10_000),
  ),
)("$adapterName: the malformed body $shown is refused with a problem document", async ({ adapter, text }) => {
  const sendRaw = await opened(adapter);
  expect(await sendRaw(LOGIN, { body: text })).toEqual(MALFORMED);
});

test.each(throughWith("[]", '[{"mobile":"1"}]', '"text"', "1", "1e999", "true", "null"))(
  "$adapterName: the body $shown is JSON, but not an object",
  async ({ adapter, text }) => {
    const sendRaw = await opened(adapter);
    const response = await sendRaw(LOGIN, { body: text });
    expect(response).toEqual(MALFORMED);
    expect(response.text).toContain("must be a JSON object");
  },
);

const deep = (open: string, close: string, depth: number) => `{"deep":${open.repeat(depth)}${close.repeat(depth)}}`;

test.each(
  through([
    { what: "no byte", body: "" },
    { what: "an empty object", body: "{}" },
    { what: "white space around it", body: " \r\n\t{} " },
    { what: "a byte order mark", body: "\uFEFF{}" },
    { what: "lists, 30,000 deep", body: deep("[", "]", 30_000) },
    { what: "objects, 10,000 deep", body: deep('{"a":', "}", 10_000).replace(":}", ":1}") },
    { what: "the field __proto__", body: '{"__proto__":{"mobile":"15201657312"}}' },
    { what: "the field constructor", body: '{"constructor":{"prototype":{"mobile":"15201657312"}}}' },
    {
      what: "the fields that every object inherits",
      body: '{"toString":1,"valueOf":null,"hasOwnProperty":[],"toJSON":"x"}',
    },
    { what: "a huge number", body: '{"mobile":1e999}' },
    { what: "a number with 10,000 digits", body: `{"mobile":${"9".repeat(10_000)}}` },
    { what: "a field without a name", body: '{"":"x"}' },
    { what: "the same field twice", body: '{"mobile":"15201657312","mobile":null}' },
    { what: "a text that is not UTF-8", body: Uint8Array.from([0x7b, 0x22, 0xff, 0xc3, 0x22, 0x3a, 0x31, 0x7d]) },
  ]),
)("$adapterName: a body with $what is read, and the mobile number is missing", async ({ adapter, body }) => {
  const sendRaw = await opened(adapter);
  expect(await sendRaw(LOGIN, { body })).toEqual(NO_MOBILE);
});

test.each(
  throughWith(
    "\ud800",
    "\udc00\ud800",
    "\u0000",
    "15201657312\u0000",
    "\uff11520165731",
    "15201657312\n",
    "١٥٢٠١٦٥٧٣١٢",
  ),
)("$adapterName: $shown is not a mobile number", async ({ adapter, text }) => {
  const sendRaw = await opened(adapter);
  const response = await sendRaw(LOGIN, { body: JSON.stringify({ mobile: text, verify_code: "123456" }) });
  expect(response).toMatchObject({ status: 400, text: expect.stringContaining("IDAAS.SDK.USER.0020") });
});

/** An object of exactly so many bytes. */
function bodyOf(bytes: number, filling: string): string {
  const around = new TextEncoder().encode('{"pad":""}').length;
  const each = new TextEncoder().encode(filling).length;
  const count = Math.floor((bytes - around) / each);
  return `{"pad":"${filling.repeat(count)}${"x".repeat(bytes - around - count * each)}"}`;
}

test.each(through(["x", "é", "界", "😀"].map((filling) => ({ filling }))))(
  "$adapterName: 65,536 bytes of $filling are accepted, one more is refused",
  async ({ adapter, filling }) => {
    const sendRaw = await opened(adapter);
    expect(await sendRaw(LOGIN, { body: bodyOf(65_536, filling) })).toEqual(NO_MOBILE);
    expect(await sendRaw(LOGIN, { body: bodyOf(65_537, filling) })).toEqual(TOO_LARGE);
  },
);

test.each(through([{}]))(
  "$adapterName: a body of a megabyte is refused like one that is a byte too large",
  async ({ adapter }) => {
    const sendRaw = await opened(adapter);
    expect(await sendRaw(LOGIN, { body: "x".repeat(1_048_576) })).toEqual(TOO_LARGE);
  },
);

test.each(
  through([
    { method: "GET", path: "/", closest: "GET /api/v2/sdk/captcha" },
    { method: "POST", path: "/api/v2/sdk/sms/send/", closest: "POST /api/v2/sdk/sms/send" },
    { method: "POST", path: "/api/v2/sdk//sms/send", closest: "POST /api/v2/sdk/sms/send" },
    { method: "POST", path: "/api/v2/sdk/sms/Send", closest: "POST /api/v2/sdk/sms/send" },
    { method: "POST", path: "/api/v2/sdk/%73ms/send", closest: "POST /api/v2/sdk/sms/send" },
    { method: "POST", path: "/api/v2/sdk/sms%2Fsend", closest: "POST /api/v2/sdk/sms/send" },
    { method: "POST", path: "/api/v2/sdk/sms/send%00", closest: "POST /api/v2/sdk/sms/send" },
    { method: "POST", path: "/api/v2/sdk/sms/send;v=1", closest: "POST /api/v2/sdk/sms/send" },
    { method: "GET", path: "/constructor", closest: expect.any(String) },
    { method: "PUT", path: "/__proto__", closest: expect.any(String) },
    { method: "GET", path: "/%zz", closest: expect.any(String) },
    { method: "GET", path: `/${"long/".repeat(2_000)}`, closest: expect.any(String) },
  ]),
)(
  "$adapterName: $method $path is not emulated, and the closest operation is $closest",
  async ({ adapter, method, path, closest }) => {
    const sendRaw = await opened(adapter);
    const response = await sendRaw(path, { method });
    expect(response).toMatchObject({ status: 404, type: "application/problem+json" });
    expect(JSON.parse(response.text)).toMatchObject({ title: `${method} ${path} is not emulated`, closest });
    expect(JSON.parse(response.text).emulated).toContain("POST /api/v2/sdk/pwd/update-by-mobile");
  },
);

test.each(throughWith("", "?", "?a=1", "?%zz", "?mobile=15201657312", `?${"x".repeat(8_000)}`))(
  "$adapterName: the query $shown is ignored",
  async ({ adapter, text }) => {
    const sendRaw = await opened(adapter);
    expect(await sendRaw(LOGIN + text, { body: "{}" })).toEqual(NO_MOBILE);
  },
);

test.each(throughWith("GET", "PUT", "PATCH", "DELETE", "OPTIONS"))(
  "$adapterName: $text is not allowed where POST is",
  async ({ adapter, text }) => {
    const sendRaw = await opened(adapter);
    const response = await sendRaw(LOGIN, { method: text });
    expect(response).toMatchObject({ status: 405, type: "application/problem+json" });
    expect(JSON.parse(response.text)).toMatchObject({ title: `${text} is not allowed here` });
  },
);

test.each(throughWith("text/plain", "application/x-www-form-urlencoded", "nonsense"))(
  "$adapterName: the content type $text is ignored",
  async ({ adapter, text }) => {
    const sendRaw = await opened(adapter);
    expect(await sendRaw(LOGIN, { body: "{}", headers: { "content-type": text } })).toEqual(NO_MOBILE);
  },
);

test.each(throughWith("constructor", "__proto__", "\u00ff", "x".repeat(4_000), "a, b"))(
  "$adapterName: the client id $shown is unknown",
  async ({ adapter, text }) => {
    const sendRaw = await opened(adapter);
    const response = await sendRaw(LOGIN, { body: "{}", headers: { "x-client-id": text } });
    expect(response).toMatchObject({ status: 400, text: expect.stringContaining("IDAAS.SDK.PARAM.0003") });
  },
);

test.each(
  throughWith("Bearer", "Bearer Bearer", "Basic eDp5", "Bearer a.b.c", "\u00ff", "x".repeat(4_000), "__proto__"),
)("$adapterName: the authorization $shown is refused", async ({ adapter, text }) => {
  const mock = stillMock();
  await signedInAccount(mock);
  const sendRaw = await adapter.open(mock);
  const body = JSON.stringify({ mobile: MOBILE, verify_code: "123456" });
  const response = await sendRaw("/api/v2/sdk/profile/update-mobile", { body, headers: { authorization: text } });
  expect(response).toMatchObject({ status: 400, text: expect.stringMatching(/IDAAS\.SDK\.PARAM\.001[56]/) });
});

test.each([
  { path: LOGIN, body: "\ufeff" },
  { path: LOGIN, body: "\ufeff\ufeff{}" },
  { path: "/__testkit/accounts", body: '\ufeff{"username":"x"}' },
])("both adapters give $path the same response to byte order marks before {}", async ({ path, body }) => {
  const [first, ...others] = await Promise.all(
    adapters.map(async (adapter) => (await opened(adapter))(path, { body })),
  );
  for (const other of others) expect(other).toEqual(first);
});
