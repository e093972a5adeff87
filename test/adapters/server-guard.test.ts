/** Which hosts and pages may use the control API (CORS). */
import { expect, test } from "vitest";
import { serve } from "../../mocks/adapters/node/server.ts";
import type { Mock } from "../../mocks/index.ts";
import { DEVICE, stillMock } from "../support/mock/api.ts";
import { exchange, requestText, served, statusesOf } from "../support/mock/served.ts";

const TOKEN = "a control token";
const CAPTCHA = "/api/v2/sdk/captcha";
const PREFLIGHT = { "access-control-request-method": "POST", "access-control-request-headers": "x-client-id,x-l" };

async function opened(controlToken?: string) {
  const mock = stillMock();
  const server = await served(mock, controlToken === undefined ? {} : { controlToken });
  const send = (path: string, method = "GET", headers: Record<string, string> = {}) =>
    fetch(server.url + path, { method, headers: { "x-client-id": mock.clientId, ...DEVICE, ...headers } });
  return { mock, server, send };
}

/** Over a raw socket, because a client library does not let the Host header be set. */
async function createAccount(mock: Mock, port: number, headers: Record<string, string>) {
  const body = '{"username":"intruder"}';
  const received = await exchange(port, requestText(mock, "POST /__testkit/accounts", { headers, body }));
  const created = await mock.accounts.create({ username: "intruder" }).then(
    () => false,
    () => true,
  );
  return { statuses: statusesOf(received), created, received };
}

const FORBIDDEN = { statuses: [403], created: false };
const CREATED = { statuses: [201], created: true };

test.each([
  "evil.example",
  "evil.example:4010",
  "127.0.0.1.evil.example",
  "localhost.evil.example",
  "127.0.0.1@evil.example",
  "10.0.0.1",
  "128.0.0.1",
  "[::2]",
  "[::ffff:10.0.0.1]",
  "0.0.0.0",
  "",
  "a b",
])("the control API refuses the host %j", async (host) => {
  const { mock, server } = await opened();
  expect(await createAccount(mock, server.port, { host })).toMatchObject(FORBIDDEN);
});

test.each(["127.0.0.1", "127.0.0.1:4010", "127.8.9.1", "localhost", "LOCALHOST:80", "[::1]", "[::1]:4010"])(
  "the control API accepts the host %s, which is this machine",
  async (host) => {
    const { mock, server } = await opened();
    expect(await createAccount(mock, server.port, { host })).toMatchObject(CREATED);
  },
);

test("the control API refuses a request without a host, as in HTTP/1.0", async () => {
  const { server } = await opened();
  expect(await exchange(server.port, "GET /__testkit/clock HTTP/1.0\r\n\r\n")).toContain("403 Forbidden");
});

test.each([
  "https://evil.example",
  "http://127.0.0.1.evil.example",
  "http://localhost.evil.example:4010",
  "null",
  "file://",
  "",
  "nonsense",
])("the control API refuses a page from %j and reveals nothing", async (origin) => {
  const { mock, server } = await opened();
  const response = await createAccount(mock, server.port, { origin });
  expect(response).toMatchObject(FORBIDDEN);
  expect(response.received).not.toContain("access-control-allow-origin");
});

test.each(["http://localhost:5173", "http://127.0.0.1:3000", "https://[::1]:8443", "http://127.0.0.1"])(
  "the control API accepts a page from %s",
  async (origin) => {
    const { mock, server, send } = await opened();
    const preflight = await send("/__testkit/accounts", "OPTIONS", { origin, ...PREFLIGHT });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe(origin);
    const response = await createAccount(mock, server.port, { origin });
    expect(response).toMatchObject(CREATED);
    expect(response.received).toContain(`access-control-allow-origin: ${origin}`);
  },
);

test("a preflight from another site gets no permission for the control API", async () => {
  const { send } = await opened();
  const { status, headers } = await send("/__testkit/accounts", "OPTIONS", {
    origin: "https://evil.example",
    ...PREFLIGHT,
  });
  expect(status).toBe(403);
  expect(headers.get("access-control-allow-origin")).toBeNull();
  expect(headers.get("access-control-allow-methods")).toBeNull();
});

test.each(["https://app.example", "http://localhost:5173", "null"])(
  "the API accepts a page from %s and lets it read the response",
  async (origin) => {
    const { send } = await opened();
    const preflight = await send(CAPTCHA, "OPTIONS", { origin, ...PREFLIGHT });
    expect(preflight.status).toBe(204);
    expect(await preflight.text()).toBe("");
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      "access-control-allow-origin": origin,
      "access-control-allow-credentials": "true",
      "access-control-allow-headers": "x-client-id,x-l",
      "access-control-allow-methods": expect.stringContaining("POST"),
      vary: "origin",
    });
    const response = await send(CAPTCHA, "GET", { origin });
    expect(response.status).toBe(200);
    expect(response.headers.get("access-control-allow-origin")).toBe(origin);
  },
);

test("a page may read a refusal and a 404 as well", async () => {
  const { send } = await opened();
  const origin = "https://app.example";
  for (const [path, status] of [
    ["/api/v2/sdk/sms/send", 405],
    ["/nothing", 404],
  ] as const) {
    const response = await send(path, "GET", { origin });
    expect({ status: response.status, allowed: response.headers.get("access-control-allow-origin") }).toEqual({
      status,
      allowed: origin,
    });
  }
});

test("a preflight request changes nothing and is not in the journal", async () => {
  const { mock, send } = await opened();
  await send("/api/v2/sdk/sms/send", "OPTIONS", { origin: "https://app.example", ...PREFLIGHT });
  expect(await mock.requests.list()).toEqual([]);
});

test("without an origin no response has CORS headers", async () => {
  const { send } = await opened();
  const { headers } = await send(CAPTCHA);
  expect([...headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
});

test("OPTIONS without preflight headers is a wrong method", async () => {
  const { send } = await opened();
  expect((await send(CAPTCHA, "OPTIONS")).status).toBe(405);
  expect((await send("/__testkit/clock", "OPTIONS")).status).toBe(405);
});

test.each([
  [`Bearer ${TOKEN}`, 200],
  [`bearer ${TOKEN}`, 200],
  ["", 401],
  ["Bearer", 401],
  ["Bearer another", 401],
  [`Bearer ${TOKEN}x`, 401],
  [`Bearer ${TOKEN.slice(0, -1)}`, 401],
  [`Basic ${TOKEN}`, 401],
])("with a control token configured, the authorization %j gets %i", async (authorization, status) => {
  const { send } = await opened(TOKEN);
  const response = await send("/__testkit/clock", "GET", authorization === "" ? {} : { authorization });
  expect(response.status).toBe(status);
  expect(response.headers.get("www-authenticate")).toBe(status === 401 ? "Bearer" : null);
  if (status === 401) expect(await response.text()).not.toContain(TOKEN);
});

test("with a control token configured, a request without it changes nothing", async () => {
  const { mock, server } = await opened(TOKEN);
  expect(await createAccount(mock, server.port, {})).toMatchObject({ statuses: [401], created: false });
});

test("with the control token the control API accepts any host and any page", async () => {
  const { mock, server } = await opened(TOKEN);
  const headers = { host: "ciam.example", origin: "https://app.example", authorization: `Bearer ${TOKEN}` };
  expect(await createAccount(mock, server.port, headers)).toMatchObject(CREATED);
});

test("a preflight request needs no control token and may announce it", async () => {
  const { send } = await opened(TOKEN);
  const headers = { origin: "https://app.example", ...PREFLIGHT, "access-control-request-headers": "authorization" };
  const response = await send("/__testkit/accounts", "OPTIONS", headers);
  expect(response.status).toBe(204);
  expect(response.headers.get("access-control-allow-headers")).toBe("authorization");
});

test("OPTIONS with only part of the preflight headers reveals nothing without the token", async () => {
  const { send } = await opened(TOKEN);
  expect((await send("/__testkit/clock", "OPTIONS", { origin: "https://app.example" })).status).toBe(401);
  const response = await send("/__testkit/clock", "OPTIONS", { "access-control-request-method": "GET" });
  expect(await response.text()).not.toContain("offset");
});

test("the public keys need no token", async () => {
  const { mock, server, send } = await opened(TOKEN);
  expect((await send("/__testkit/jwks.json")).status).toBe(200);
  const { server: open } = await opened();
  const line = requestText(mock, "GET /__testkit/jwks.json", {
    headers: { host: "evil.example", origin: "https://evil.example" },
  });
  expect(statusesOf(await exchange(open.port, line))).toEqual([200]);
  expect(statusesOf(await exchange(server.port, line))).toEqual([200]);
});

test("the API ignores the control token", async () => {
  const { send } = await opened(TOKEN);
  expect((await send(CAPTCHA)).status).toBe(200);
});

test.each(["0.0.0.0", "::", "192.0.2.1", "ciam.example"])(
  "a server on %s without a control token refuses to start",
  async (host) => {
    const starting = serve(stillMock(), { port: 0, host });
    await expect(starting).rejects.toThrow("the control API needs a control token there");
  },
);
