/**
 * A second implementation of both APIs, written from the documents without a look at the mock: the contract suite must not
 * fail it. Where the documents leave something open it differs from the mock on purpose (policy.ts), and can differ in other
 * ways (options.ts, variants.ts).
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Backend, type ForeignOptions, newBackend } from "./backend.ts";
import type { Call } from "./http-values.ts";
import { MAX_BODY_BYTES } from "./policy.ts";

export interface Foreign {
  readonly url: string;
  readonly clientId: string;
  close(): Promise<void>;
}

/** Starts one on a free port of this machine, without any account. */
export async function startForeign(options: ForeignOptions = {}): Promise<Foreign> {
  const backend = newBackend(options);
  // Long enough that no client reuses a connection while it is being closed.
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    // Either the client hung up while sending and nothing reads this, or it is a bug of this backend and must show.
    serve(request, response, backend).catch((error) => response.destroy(error));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, clientId: backend.clientId, close: () => closed(server) };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });
}

async function serve(request: IncomingMessage, response: ServerResponse, backend: Backend): Promise<void> {
  const { status, headers, text } = await backend.respond(await callOf(request));
  const length = status === 204 ? {} : { "content-length": Buffer.byteLength(text) };
  response.writeHead(status, { ...headers, ...length });
  response.end(request.method === "HEAD" ? undefined : text);
}

async function callOf(request: IncomingMessage): Promise<Call> {
  const [path = "", ...query] = (request.url ?? "").split("?");
  return {
    method: request.method ?? "",
    path,
    query: new URLSearchParams(query.join("?")),
    header: (name) => (request.headers[name] === undefined ? undefined : String(request.headers[name]).trim()),
    body: await bodyOf(request),
  };
}

/** Reads a body that is too long to its end, so that the client can read the response. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return size > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks).toString("utf8");
}
