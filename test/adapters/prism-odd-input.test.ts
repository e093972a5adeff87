/** Requests that Prism's parsers do not take: each gets the response of the mock, and the process continues. */
import { expect, onTestFinished, test } from "vitest";
import { servePrism } from "../../mocks/adapters/prism.ts";
import { api, DEVICE, stillMock } from "../support/mock/api.ts";
import { exchange, requestText, statusesOf } from "../support/mock/served.ts";

async function opened() {
  const mock = stillMock();
  const prism = await servePrism(mock, { port: 0 });
  onTestFinished(() => prism.close());
  return { mock, prism };
}

const CAPTCHA = "GET /api/v2/sdk/captcha";
const SEND = "POST /api/v2/sdk/sms/send";
const deep = `${'{"a":'.repeat(4_000)}1${"}".repeat(4_000)}`;

test.each([
  ["a content type that is not one, without a body", CAPTCHA, { "content-type": "@" }, "", 200],
  ["a content type that is not one, with a body", SEND, { "content-type": "@" }, "{}", 400],
  ["a content type with an open quote", SEND, { "content-type": 'application/json; charset="' }, "{}", 400],
  ["a charset that does not exist", SEND, { "content-type": "application/json; charset=nonsense" }, "{}", 400],
  ["a form without a boundary", SEND, { "content-type": "multipart/form-data" }, "x", 400],
  ["a form with an invalid escape", SEND, { "content-type": "application/x-www-form-urlencoded" }, "a=%zz", 400],
  ["XML", SEND, { "content-type": "application/xml" }, "<a", 400],
  ["a content encoding that does not exist", SEND, { "content-encoding": "nonsense" }, "{}", 400],
  ["JSON that is cut", SEND, { "content-type": "application/json" }, "{", 400],
  ["JSON of 4,000 levels", SEND, { "content-type": "application/json" }, deep, 400],
  ["a body that is too large", SEND, { "content-type": "application/json" }, `"${"x".repeat(70_000)}"`, 413],
  ["a preference that is not one", CAPTCHA, { prefer: "=,;code=abc" }, "", 200],
  ["query parameters that Prism reads itself", `${CAPTCHA}?__code=abc&__server=x&__dynamic=2`, {}, "", 200],
  ["a query with invalid escapes", `${CAPTCHA}?%zz=%ff&__proto__=1&constructor=2`, {}, "", 200],
  ["a path with an invalid escape", "GET /api/v2/sdk/%zz", {}, "", 404],
  ["a path with two slashes", "GET //", {}, "", 404],
  ["an absolute address without a host", "GET http:///api/v2/sdk/captcha", {}, "", 200],
  ["an unknown method", "PROPFIND /api/v2/sdk/captcha", {}, "", 405],
  ["an authorization that is not one", "GET /api/v3/get-profile", { authorization: "=" }, "", 200],
  ["bytes above ASCII in a header", CAPTCHA, { "x-agent": "\u00e9" }, "", 200],
])("%s gets the response of the mock through Prism", async (_what, line, headers, body, status) => {
  const { mock, prism } = await opened();
  expect(statusesOf(await exchange(prism.port, requestText(mock, line, { headers, body })))).toEqual([status]);
  expect(statusesOf(await exchange(prism.port, requestText(mock, CAPTCHA)))).toEqual([200]);
});

test("Prism reports a violation of the specification", async () => {
  const { prism } = await opened();
  const { headers } = await fetch(`${prism.url}/api/v2/sdk/captcha`);
  expect(violationsIn(headers)).toContainEqual({
    location: ["request", "header"],
    severity: "Error",
    code: "required",
    message: "Request header must have required property 'x-agent'",
  });
});

test("a request and a response as specified have no violation", async () => {
  const { mock, prism } = await opened();
  const response = await fetch(`${prism.url}/api/v2/sdk/captcha`, {
    headers: { ...DEVICE, "x-client-id": mock.clientId },
  });
  expect({ status: response.status, violations: response.headers.get("sl-violations") }).toEqual({
    status: 200,
    violations: null,
  });
});

test("a request that Prism cannot check has a violation with the reason", async () => {
  const { prism } = await opened();
  const { headers } = await fetch(`${prism.url}/api/v2/sdk/captcha`, { headers: { "content-type": "@" } });
  expect(violationsIn(headers)).toMatchObject([
    { severity: "Warning", message: expect.stringContaining("Prism could not check this exchange") },
  ]);
});

test("events and transport faults work through Prism", async () => {
  const { mock, prism } = await opened();
  const events = await fetch(`${prism.url}/__testkit/events`);
  expect(events.headers.get("content-type")).toBe("text/event-stream");
  await events.body?.cancel();
  await mock.faults.add({ operation: "getCaptcha", transport: "reset" });
  await expect(
    fetch(`${prism.url}/api/v2/sdk/captcha`, { headers: { "x-client-id": mock.clientId } }),
  ).rejects.toThrow();
  expect((await api(mock)("captcha")).status).toBe(200);
});

function violationsIn(headers: Headers): unknown {
  return JSON.parse(headers.get("sl-violations") ?? "[]");
}
