/** `ciam-testkit/vite` over TLS, where Vite speaks HTTP/2, and HTTP/1.1 with older clients. */
import { type ClientHttp2Session, connect, constants, type IncomingHttpHeaders } from "node:http2";
import { request } from "node:https";
import { expect, onTestFinished, test } from "vitest";
import { dev, started } from "../support/mock/dev-server.ts";
import { SELF_SIGNED_CERTIFICATE as cert, SELF_SIGNED_KEY as key } from "../support/mock/self-signed.ts";

const LOGIN = "/api/v2/sdk/login/mobile-verify-code";

/** Of the default sandbox: only requests that name it get a fault. */
const CLIENT = { "x-client-id": "nTo1eRIub60vPb54WeE6aojPwYwImtl4" };

/** The dev server as a browser uses it: all requests over one connection. */
async function encrypted() {
  const { url } = await started(dev, {}, (config) => ({
    ...config,
    server: { ...config.server, https: { cert, key } },
  }));
  const session = connect(url(), { rejectUnauthorized: false });
  onTestFinished(() => session.destroy());
  return { url: url(), session, ask: (...asked: Asked) => ask(session, ...asked) };
}

type Asked = [path: string, body?: unknown, headers?: Record<string, string>];

function ask(session: ClientHttp2Session, ...[path, body, headers = {}]: Asked) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; text: string }>((resolve, reject) => {
    const stream = session.request({
      ":path": path,
      ":method": body === undefined ? "GET" : "POST",
      ...CLIENT,
      ...headers,
    });
    let text = "";
    let answered: IncomingHttpHeaders = {};
    stream.on("response", (received) => {
      answered = received;
    });
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
    stream.on("error", reject);
    stream.on("end", () => resolve({ status: Number(answered[":status"]), headers: answered, text }));
    stream.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

test("over HTTP/2 both APIs respond, and pseudo headers do not count as headers", async () => {
  const { session, ask } = await encrypted();
  expect((await ask("/")).text).toContain("Hello");
  expect(session.alpnProtocol).toBe("h2");
  expect((await ask(LOGIN, {})).text).toContain("IDAAS.SDK.PARAM.0001");
  const { status, text } = await ask("/__testkit/requests");
  expect(status).toBe(200);
  const [exchange] = JSON.parse(text).requests;
  expect(exchange.request).toMatchObject({ method: "POST", path: LOGIN, body: {} });
  expect(Object.keys(exchange.request.headers)).toContain("host");
  expect(Object.keys(exchange.request.headers).filter((name) => name.startsWith(":"))).toEqual([]);
});

test("over HTTP/2 the control API refuses a foreign host or page", async () => {
  const { ask } = await encrypted();
  expect((await ask("/__testkit/clock", undefined, { ":authority": "evil.example" })).status).toBe(403);
  expect((await ask("/__testkit/clock", undefined, { origin: "https://evil.example" })).status).toBe(403);
  expect((await ask("/__testkit/clock", undefined, { origin: "https://localhost:5173" })).status).toBe(200);
});

test("a fault ends its stream with an error, and other streams continue", async () => {
  const { session, ask } = await encrypted();
  for (const transport of ["reset", "empty", "truncate"]) {
    await ask("/__testkit/faults", { operation: "loginByMobileCode", transport });
    await expect(ask(LOGIN, {}), transport).rejects.toThrow("NGHTTP2_INTERNAL_ERROR");
  }
  expect(session.destroyed).toBe(false);
  expect((await ask(LOGIN, {})).headers[constants.HTTP2_HEADER_STATUS]).toBe(400);
});

test("an HTTP/1.1 client over TLS gets responses, and a scheduled fault breaks its connection", async () => {
  const { url, ask } = await encrypted();
  const post = () =>
    new Promise<number | undefined>((resolve, reject) => {
      const asked = request(url + LOGIN, { method: "POST", headers: CLIENT, rejectUnauthorized: false }, (response) => {
        response.resume().on("error", reject);
        response.on("end", () => resolve(response.statusCode));
      });
      asked.on("error", reject).end("{}");
    });
  expect(await post()).toBe(400);
  for (const transport of ["reset", "empty", "truncate"]) {
    await ask("/__testkit/faults", { operation: "loginByMobileCode", transport });
    await expect(post(), transport).rejects.toThrow(/socket hang up|aborted|ECONNRESET/);
  }
  expect(await post()).toBe(400);
});

test("events are sent over HTTP/2", async () => {
  const { session, ask } = await encrypted();
  const events = session.request({ ":path": "/__testkit/events" }).setEncoding("utf8");
  let received = "";
  events.on("data", (text: string) => {
    received += text;
  });
  await expect.poll(() => received).toContain(": listening");
  await ask("/__testkit/clock", { advance_seconds: 60 });
  await expect.poll(() => received).toContain("event: clock");
});
