/** The suite's own client sends and receives what `fetch` does. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { exchange, type Sent } from "../../../contracts/target/transport.ts";

const LONG_MS = 20_000;

/** A server that records each request as it came, without what differs between two connections. */
async function recording(respond: (response: ServerResponse) => void = (response) => response.end()) {
  const requests: unknown[] = [];
  const sockets = new Set<unknown>();
  const server = createServer(async (request: IncomingMessage, response) => {
    sockets.add(request.socket);
    const { method, url, headers } = request;
    requests.push({ method, url, headers, body: await text(request) });
    respond(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`, requests, sockets };
}

const requests: readonly [string, Partial<Sent>][] = [
  ["a POST of JSON", { headers: { "content-type": "application/json", "X-Agent": "test" }, body: '{"name": "张三"}' }],
  ["a body without a type", { body: "a=b" }],
  ["an empty body", { body: "" }],
  ["a POST without a body", {}],
  ["a PUT without a body", { method: "PUT" }],
  ["a PATCH with a body", { method: "PATCH", body: "{}" }],
  ["a DELETE", { method: "DELETE" }],
  ["a DELETE with a body", { method: "DELETE", body: "{}" }],
  ["a GET with a query", { method: "GET", url: "/a/../b c?d=%2B&e=f g#h" }],
  ["a POST of bytes", { body: new Uint8Array([0, 255, 0x7b]) }],
  ["a POST in chunks", { headers: { "content-type": "application/json" }, body: '{"name": "张三"}', chunked: true }],
  ["a header in two lines", { headers: { "x-a": "1", "X-B": "2" }, moreHeaders: [["X-A", "3"]] }],
  ["blank headers and headers with spaces", { headers: { "x-a": "", "x-b": " ", "x-c": "\t c  d " } }],
  ["a header beyond ASCII, with a body beyond ASCII", { headers: { authorization: "Bearer é" }, body: "号" }],
  [
    "headers in the place of the usual ones",
    { headers: { Accept: "text/html", "Accept-Language": "zh", "User-Agent": "own", "Accept-Encoding": "identity" } },
  ],
];

test.each(requests)("%s is sent as fetch sends it", async (_what, parts) => {
  const { url, requests } = await recording();
  const sent = { method: "POST", headers: {}, body: undefined, ...parts, url: `${url}${parts.url ?? "/path"}` };
  await exchange(sent, LONG_MS, fetch);
  await exchange(sent, LONG_MS);
  expect(requests).toHaveLength(2);
  expect(requests[1]).toEqual(requests[0]);
});

const LONG = '{"text": "张三"}'.repeat(1_000);

const responses: readonly [string, (response: ServerResponse) => void][] = [
  ["an empty body", (response) => response.writeHead(204).end()],
  ["an error with a body", (response) => response.writeHead(500, { "Content-Type": "text/plain" }).end("no")],
  ["a body of many bytes", (response) => response.end(LONG)],
  ["a body in chunks", (response) => response.write(LONG, () => response.end(LONG))],
  ["a byte order mark", (response) => response.end("\ufeff{}")],
  ["bytes that are not text", (response) => response.end(Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0xe4, 0xbd]))],
  ["gzip", coded("gzip", gzipSync(LONG))],
  ["x-gzip", coded("x-gzip", gzipSync(LONG))],
  ["deflate", coded("deflate", deflateSync(LONG))],
  ["deflate without a header", coded("deflate", deflateRawSync(LONG))],
  ["brotli", coded("br", brotliCompressSync(LONG))],
  ["two codings", coded("deflate, gzip", gzipSync(deflateSync(LONG)))],
  ["an unknown coding", coded("rot13", Buffer.from("grkg"))],
  ["a coding without a body", coded("gzip", Buffer.alloc(0))],
  ["gzip that ends too early", coded("gzip", gzipSync(LONG).subarray(0, -12))],
  [
    "headers in any case and order, and more than one of a name",
    (response) => {
      response.setHeader("X-Two", ["one", "other"]);
      response.setHeader("Set-Cookie", ["a=1", "b=2"]);
      response.setHeader("Retry-After", "3");
      response.setHeader("A-First", "é");
      response.end();
    },
  ],
  ["a redirect", (response) => response.writeHead(302, { location: "/elsewhere" }).end()],
];

function coded(coding: string, bytes: Buffer): (response: ServerResponse) => void {
  return (response) => void response.writeHead(200, { "content-encoding": coding }).end(bytes);
}

test.each(responses)("%s is received as fetch receives it", async (_what, respond) => {
  const { url } = await recording((response) => {
    response.sendDate = false;
    respond(response);
  });
  const sent = { method: "GET", url, headers: {}, body: undefined };
  const byFetch = await exchange(sent, LONG_MS, fetch);
  const own = await exchange(sent, LONG_MS);
  expect(own).toEqual(byFetch);
  expect(Object.keys(own.headers)).toEqual(Object.keys(byFetch.headers));
});

test("requests one after the other use one connection", async () => {
  const { url, requests, sockets } = await recording();
  for (let count = 0; count < 3; count++) await exchange({ method: "POST", url, headers: {}, body: "{}" }, LONG_MS);
  expect([requests.length, sockets.size]).toEqual([3, 1]);
});

test("a request that asks to close does not share its connection, even if the server does not say that it closes", async () => {
  const { url, sockets } = await recording();
  const ask = (headers: Sent["headers"]) => exchange({ method: "GET", url, headers, body: undefined }, LONG_MS);
  await ask({});
  await ask({ connection: "close" });
  await ask({ connection: "close" });
  await ask({});
  expect(sockets.size).toBe(3);
});
