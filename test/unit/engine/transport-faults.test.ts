/** Connection faults as a client sees them through the server, mock.fetch and msw. */
import { setupServer } from "msw/node";
import { expect, onTestFinished, test } from "vitest";
import { handlers } from "../../../mocks/adapters/msw.ts";
import type { FaultOrder, Mock } from "../../../mocks/index.ts";
import { CANONICAL_MOBILE, DEVICE, MOBILE, signedInAccount, stillMock } from "../../support/mock/api.ts";
import { endingOf, waiting } from "../../support/mock/failing.ts";
import { lastExchange } from "../../support/mock/journal.ts";
import { requestText, served, statusesOf } from "../../support/mock/served.ts";

const PATH = "/api/v2/sdk/profile/update-mobile";
type Transport = NonNullable<FaultOrder["transport"]>;
const NEVER_DONE: readonly Transport[] = ["reset", "empty", "hang"];

/** A request that changes a number unless a fault prevents it, and whether it has. */
async function prepared(fault: Partial<FaultOrder> = {}) {
  const mock = stillMock();
  const { account, signedIn } = await signedInAccount(mock);
  const verify_code = await mock.codes.plant({ to: MOBILE, scene: "UPDATE_MOBILE_SMS" });
  const body = JSON.stringify({ mobile: MOBILE, verify_code });
  const headers = { ...DEVICE, "x-client-id": mock.clientId, ...signedIn };
  if (Object.keys(fault).length > 0) await mock.faults.add({ operation: "updateMobile", ...fault });
  const isDone = async () => (await mock.accounts.read(account.id)).mobile === CANONICAL_MOBILE;
  const bytes = requestText(mock, `POST ${PATH}`, { headers: signedIn, body });
  return { mock, isDone, bytes, init: { method: "POST", headers, body } };
}

/** Through this process's `fetch`, which msw intercepts. */
function intercepted(mock: Mock): string {
  const baseUrl = "https://idp.test";
  const server = setupServer(...handlers(mock, { baseUrl }));
  server.listen();
  onTestFinished(() => server.close());
  return baseUrl;
}

/** A request in the journal is decided. */
async function decided(mock: Mock): Promise<void> {
  while ((await mock.requests.list()).length === 0) await new Promise((resolve) => setImmediate(resolve));
}

test.each([
  ["reset", "ECONNRESET"],
  ["empty", "ended"],
] as const)("server, %s: the client sees %s and receives no byte", async (transport, how) => {
  const { mock, bytes, isDone } = await prepared({ transport });
  const { port } = await served(mock);
  expect(await endingOf(port, bytes)).toEqual({ received: "", how });
  expect(await isDone()).toBe(false);
  expect(statusesOf((await endingOf(port, bytes)).received)).toEqual([200]);
  expect(await isDone()).toBe(true);
});

test("server, hang: the client receives nothing until it gives up, and other requests are served", async () => {
  const { mock, bytes, isDone } = await prepared({ transport: "hang" });
  const { port } = await served(mock);
  const hanging = waiting(port, bytes);
  await decided(mock);
  expect(statusesOf((await endingOf(port, bytes)).received)).toEqual([200]);
  expect(await hanging.leave()).toBe("");
  expect(await isDone()).toBe(true);
  expect((await mock.requests.list()).map(({ decidedBy }) => decidedBy)).toEqual(["fault", "passed"]);
});

test("server, truncate: the connection is closed before the announced length", async () => {
  const mock = stillMock();
  const { port } = await served(mock);
  await mock.faults.add({ operation: "getCaptcha", transport: "truncate" });
  const { received, how } = await endingOf(port, requestText(mock, "GET /api/v2/sdk/captcha"));
  const [head = "", body = ""] = received.split("\r\n\r\n");
  const announced = Number(/content-length: (\d+)/i.exec(head)?.[1]);
  expect(statusesOf(head)).toEqual([200]);
  expect(head).toContain("application/json");
  expect(body.length).toBeGreaterThan(0);
  expect(body.length).toBeLessThan(announced);
  expect(["ended", "ECONNRESET"]).toContain(how);
});

test("server, truncate of a response without a body: the announced length never arrives", async () => {
  const { mock, bytes, isDone } = await prepared({ transport: "truncate" });
  const { port } = await served(mock);
  const { received } = await endingOf(port, bytes);
  expect(statusesOf(received)).toEqual([200]);
  expect(received).toMatch(/content-length: [1-9]/i);
  expect(received.endsWith("\r\n\r\n")).toBe(true);
  expect(await isDone()).toBe(true);
});

test.each([
  ["a check", { check: "mobile-taken" }, 400, /^\{"error_code":"IDAAS\.SDK\.USER/],
  ["a status and a body", { status: 502, body: "<h1>Bad Gateway</h1>" }, 502, /^<h1>Bad Ga$/],
] as const)(
  "server, truncate of %s: the response is cut short and nothing is executed",
  async (_what, fault, status, part) => {
    const { mock, bytes, isDone } = await prepared({ ...fault, transport: "truncate" });
    const { port } = await served(mock);
    const { received } = await endingOf(port, bytes);
    expect(statusesOf(received)).toEqual([status]);
    expect(received.split("\r\n\r\n")[1]).toMatch(part);
    expect(await isDone()).toBe(false);
  },
);

test.each(["reset", "empty"] as const)("fetch of a real client fails on %s", async (transport) => {
  const { mock, init } = await prepared({ transport });
  const { url } = await served(mock);
  await expect(fetch(url + PATH, init)).rejects.toThrow(TypeError);
  expect((await fetch(url + PATH, init)).status).toBe(200);
});

test.each(["reset", "empty"] as const)(
  "mock.fetch, %s: it rejects with a TypeError, as fetch does",
  async (transport) => {
    const { mock, init, isDone } = await prepared({ transport });
    await expect(mock.fetch(`http://ciam.test${PATH}`, init)).rejects.toThrow(TypeError);
    expect(await isDone()).toBe(false);
    expect((await mock.fetch(`http://ciam.test${PATH}`, init)).status).toBe(200);
  },
);

test.each([
  ["a picture", "captcha", "getCaptcha"],
  ["a response without a body", "profile/update-mobile", "updateMobile"],
] as const)("mock.fetch, truncate of %s: the status arrives and the body fails", async (_what, path, operation) => {
  const { mock, init } = await prepared();
  await mock.faults.add({ operation, transport: "truncate" });
  const { method: _post, body: _body, ...get } = init;
  const response = await mock.fetch(`http://ciam.test/api/v2/sdk/${path}`, operation === "getCaptcha" ? get : init);
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow(TypeError);
});

test("mock.fetch, hang: it rejects when the caller aborts", async () => {
  const { mock, init, isDone } = await prepared({ transport: "hang" });
  const leaving = new AbortController();
  const hanging = mock.fetch(`http://ciam.test${PATH}`, { ...init, signal: leaving.signal });
  await decided(mock);
  leaving.abort();
  await expect(hanging).rejects.toMatchObject({ name: "AbortError" });
  expect(await isDone()).toBe(false);
});

test("mock.fetch, hang: it rejects at once when the caller aborted before", async () => {
  const { mock, init } = await prepared({ transport: "hang" });
  const signal = AbortSignal.abort();
  await expect(mock.fetch(`http://ciam.test${PATH}`, { ...init, signal })).rejects.toMatchObject({
    name: "AbortError",
  });
});

test.each(["reset", "empty"] as const)("msw, %s: the page sees a failed fetch", async (transport) => {
  const { mock, init, isDone } = await prepared({ transport });
  const baseUrl = intercepted(mock);
  await expect(fetch(baseUrl + PATH, init)).rejects.toThrow(TypeError);
  expect(await isDone()).toBe(false);
  expect((await fetch(baseUrl + PATH, init)).status).toBe(200);
});

test("msw, truncate: the page does not get the whole response", async () => {
  const { mock, init } = await prepared();
  const baseUrl = intercepted(mock);
  await mock.faults.add({ operation: "getCaptcha", transport: "truncate" });
  const ask = async () => (await fetch(`${baseUrl}/api/v2/sdk/captcha`, { headers: init.headers })).text();
  await expect(ask()).rejects.toThrow(TypeError);
  expect(await lastExchange(mock)).toMatchObject({ decidedBy: "passed", injected: true });
  expect(JSON.parse(await ask())).toMatchObject({ token: expect.any(String) });
});

test("msw, hang: the page waits until it aborts", async () => {
  const { mock, init, isDone } = await prepared({ transport: "hang" });
  const baseUrl = intercepted(mock);
  const leaving = new AbortController();
  const hanging = fetch(baseUrl + PATH, { ...init, signal: leaving.signal });
  await decided(mock);
  leaving.abort();
  await expect(hanging).rejects.toMatchObject({ name: "AbortError" });
  expect(await isDone()).toBe(false);
});

test.each(NEVER_DONE)("%s: the journal shows an injected fault without a response", async (transport) => {
  const { mock, init } = await prepared({ transport });
  const leaving = new AbortController();
  const asked = mock.fetch(`http://ciam.test${PATH}`, { ...init, signal: leaving.signal });
  // Expected from now on: it may fail before the journal is read.
  const failed = expect(asked).rejects.toThrow();
  await decided(mock);
  leaving.abort();
  await failed;
  expect(await lastExchange(mock)).toMatchObject({
    ...{ operation: "updateMobile", decidedBy: "fault", why: `fault 1: ${transport}`, injected: true },
    response: { status: 0, headers: {}, body: null },
  });
});

test.each([
  ["by itself", {}, { decidedBy: "passed", why: "every check passed; fault 1: truncate", response: { status: 200 } }],
  ["with a check", { check: "mobile-own" }, { decidedBy: "mobile-own", response: { status: 400 } }],
  ["with a status", { status: 503 }, { decidedBy: "fault", response: { status: 503 } }],
] as const)("truncate %s: the journal shows the truncated response and the reason", async (_how, fault, shown) => {
  const { mock, init } = await prepared({ ...fault, transport: "truncate" });
  const response = await mock.fetch(`http://ciam.test${PATH}`, init);
  await expect(response.text()).rejects.toThrow(TypeError);
  const exchange = await lastExchange(mock);
  expect(exchange).toMatchObject({ operation: "updateMobile", injected: true, ...shown });
  expect(exchange?.why).toMatch(/fault 1: truncate$/);
});

test("after all these faults the server still responds", async () => {
  const { mock, bytes } = await prepared();
  const { port } = await served(mock);
  for (const transport of ["reset", "empty", "truncate", "hang"] as const) {
    await mock.faults.add({ operation: "updateMobile", transport, times: 10 });
  }
  const all = Array.from({ length: 30 }, () => endingOf(port, bytes));
  expect((await Promise.all(all)).filter(({ received }) => received === "")).toHaveLength(20);
  const hanging = Array.from({ length: 10 }, () => waiting(port, bytes));
  while ((await mock.requests.list()).length < 40) await new Promise((resolve) => setImmediate(resolve));
  await Promise.all(hanging.map(({ leave }) => leave()));
  expect(statusesOf((await endingOf(port, bytes)).received)).toEqual([400]);
  expect(await lastExchange(mock)).toMatchObject({ decidedBy: "code-used", injected: false });
});
