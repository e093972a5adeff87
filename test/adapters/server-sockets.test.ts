/** Raw requests that no HTTP client sends: each gets a clear response or a closed connection, and the server continues. */
import { expect, onTestFinished, test } from "vitest";
import { MOBILE, stillMock } from "../support/mock/api.ts";
import { exchange, requestText, sendAndLeave, served, statusesOf } from "../support/mock/served.ts";

const LOGIN = "POST /api/v2/sdk/login/mobile-verify-code";

/** A server that must still respond after the test. */
async function opened() {
  const mock = stillMock();
  const { port } = await served(mock);
  const text = (line: string, more: Parameters<typeof requestText>[2] = {}) => requestText(mock, line, more);
  const captcha = async () => statusesOf(await exchange(port, text("GET /api/v2/sdk/captcha")));
  onTestFinished(async () => expect(await captcha()).toEqual([200]));
  /** All decisions until now; the last one belongs to a request that comes after all others. */
  const decisions = async () => {
    await captcha();
    return (await mock.requests.list()).map(({ decidedBy }) => decidedBy);
  };
  return { mock, port, text, decisions };
}

test.each([
  ["no request line", "nonsense\r\n\r\n"],
  ["an unknown method", "BREW /coffee HTTP/1.1\r\nhost: x\r\n\r\n"],
  ["another protocol", "GET / HTTQ/1.1\r\nhost: x\r\n\r\n"],
  ["TLS", "\u0016\u0003\u0001\u0000\u00a5\u0001\u0000\u0000"],
  ["a blank in the path", "GET /a b HTTP/1.1\r\nhost: x\r\n\r\n"],
  ["a header without a colon", "GET / HTTP/1.1\r\nhost: x\r\nnonsense\r\n\r\n"],
  ["a header with a blank in its name", "GET / HTTP/1.1\r\nhost: x\r\nx y: z\r\n\r\n"],
  ["a NUL in a header", "GET / HTTP/1.1\r\nhost: x\r\nx: a\u0000b\r\n\r\n"],
  ["a length that is not a number", "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: many\r\n\r\n"],
  ["a length below zero", "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n"],
  ["two lengths", "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n"],
  ["a length and chunks", "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}"],
  ["a chunk without a size", "POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"],
])("%s gets a 400 with the reason, and the connection is closed", async (_what, bytes) => {
  const { port } = await opened();
  const received = await exchange(port, bytes);
  expect(statusesOf(received)).toEqual([400]);
  expect(received.toLowerCase()).toContain("connection: close");
  const [head = "", body = ""] = received.split("\r\n\r\n");
  expect(head).toContain("application/problem+json");
  expect(JSON.parse(body)).toMatchObject({ status: 400, detail: expect.stringContaining("Parse Error") });
});

test("headers that are too large get a 431", async () => {
  const { port, text } = await opened();
  const received = await exchange(port, text(LOGIN, { headers: { "x-large": "x".repeat(20_000) } }));
  expect(statusesOf(received)).toEqual([431]);
  expect(received).toContain("application/problem+json");
});

test("a chunked body is joined correctly, also inside a character", async () => {
  const { mock, port, text } = await opened();
  const body = Buffer.from('{"mobile":"界é😀"}');
  const chunks = Array.from(body, (byte) =>
    Buffer.concat([Buffer.from("1\r\n"), Buffer.of(byte), Buffer.from("\r\n")]),
  );
  const head = text(LOGIN, { headers: { "transfer-encoding": "chunked" } });
  await exchange(port, Buffer.concat([Buffer.from(head), ...chunks, Buffer.from("0\r\n\r\n")]));
  expect(await mock.requests.list()).toMatchObject([{ request: { body: { mobile: "界é😀" } } }]);
});

test("a chunked body has the same limit as any other", async () => {
  const { port, text } = await opened();
  const chunk = `1000\r\n${"x".repeat(4_096)}\r\n`;
  const head = text(LOGIN, { headers: { "transfer-encoding": "chunked" } });
  expect(statusesOf(await exchange(port, `${head}${chunk.repeat(17)}0\r\n\r\n`))).toEqual([413]);
});

test("of a body longer than announced, only the announced length is read", async () => {
  const { port, text, decisions } = await opened();
  const body = JSON.stringify({ mobile: MOBILE, padding: "x" });
  const announced = String(body.length - 1);
  const received = await exchange(port, `${text(LOGIN, { body, headers: { "content-length": announced } })}rest`);
  expect(statusesOf(received)).toContain(400);
  expect(await decisions()).toEqual(["body-malformed", "passed"]);
});

test("a request whose body ends too early is not executed", async () => {
  const { port, text, decisions } = await opened();
  const bytes = text(LOGIN, { body: "{}", headers: { "content-length": "20" } });
  expect(statusesOf(await exchange(port, bytes, { thenEnd: true }))).toEqual([400]);
  expect(await decisions()).toEqual(["passed"]);
});

test.each([
  ["in the middle of its headers", (whole: string) => whole.slice(0, 60)],
  ["before its body", (whole: string) => whole.slice(0, -2)],
  ["in the middle of its body", (whole: string) => whole.slice(0, -1)],
])("a client that disconnects %s leaves nothing behind", async (_when, cut) => {
  const { port, text, decisions } = await opened();
  await sendAndLeave(port, cut(text(LOGIN, { body: "{}" })));
  expect(await decisions()).toEqual(["passed"]);
});

test("an endless body is cut off", async () => {
  const { port, text, decisions } = await opened();
  const bytes = text(LOGIN, { headers: { "content-length": "99000000" } }) + "x".repeat(10_000_000);
  expect(await exchange(port, bytes)).toBe("");
  expect(await decisions()).toEqual(["passed"]);
});

test("pipelined requests are answered in order", async () => {
  const { port, text } = await opened();
  const bytes = [
    text("GET /api/v2/sdk/captcha", { last: false }),
    text(LOGIN, { body: "{}", last: false }),
    text("GET /api/v2/sdk/nothing", { last: false }),
    text("GET /__testkit/clock"),
  ];
  expect(statusesOf(await exchange(port, bytes.join("")))).toEqual([200, 400, 404, 200]);
});

test("HEAD is refused like any wrong method, without a body", async () => {
  const { port, text } = await opened();
  const received = await exchange(port, text("HEAD /api/v2/sdk/captcha"));
  expect(statusesOf(received)).toEqual([405]);
  expect(received.toLowerCase()).toContain("allow: get");
  expect(received.endsWith("\r\n\r\n")).toBe(true);
});

test.each([
  ["GET http://ciam.test/api/v2/sdk/captcha", 200],
  ["GET HTTPS://ciam.test:8443/api/v2/sdk/captcha?x=http://y", 200],
  ["GET http://ciam.test", 404],
  ["OPTIONS *", 404],
  ["GET //api/v2/sdk/captcha", 404],
])("the request line %s gets %i", async (line, status) => {
  const { port, text } = await opened();
  expect(statusesOf(await exchange(port, text(line)))).toEqual([status]);
});

test("an upgrade request gets an ordinary response", async () => {
  const { port, text } = await opened();
  const headers = { connection: "upgrade, close", upgrade: "websocket" };
  expect(statusesOf(await exchange(port, text("GET /api/v2/sdk/captcha", { headers })))).toEqual([200]);
});

test("a client that sends Expect: 100-continue may send its body", async () => {
  const { port, text } = await opened();
  const received = await exchange(port, text(LOGIN, { body: "{}", headers: { expect: "100-continue" } }));
  expect(statusesOf(received)).toEqual([100, 400]);
});

test("after all these requests at once the server still responds", async () => {
  const { port, text } = await opened();
  const abuse = ["nonsense\r\n\r\n", `GET / HTTP/1.1\r\nx: ${"x".repeat(20_000)}\r\n\r\n`, text(LOGIN, { body: "{" })];
  const all = Array.from({ length: 60 }, (_, n) => exchange(port, abuse[n % 3] ?? ""));
  const leaving = Array.from({ length: 60 }, () => sendAndLeave(port, text(LOGIN, { body: "{}" }).slice(0, -1)));
  const statuses = (await Promise.all(all)).flatMap(statusesOf);
  await Promise.all(leaving);
  expect(statuses.sort()).toEqual([...Array(40).fill(400), ...Array(20).fill(431)]);
});
