/**
 * A second implementation of the Bamboocloud API, written from the documents without a look at the mock: the contract suite
 * must not fail it. Where the documents leave something open it differs from the mock on purpose (policy.ts).
 */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { respondToApi } from "./api.ts";
import { respondToControl } from "./control.ts";
import { type Call, type HttpResponse, jsonText } from "./http-values.ts";
import { CLIENT_ID, FIXED_CODE, MAX_BODY_BYTES } from "./policy.ts";
import { newWorld, type World } from "./state.ts";

export interface ForeignOptions {
  /** `fixed`: one constant code works for every receiver and scene, any number of times, as in many test environments. */
  readonly codes?: "unique" | "fixed";
  readonly clientId?: string;
}

export interface Foreign {
  readonly url: string;
  readonly clientId: string;
  close(): Promise<void>;
}

/** Starts one on a free port of this machine, without any account. */
export async function startForeign({ codes = "unique", clientId = CLIENT_ID }: ForeignOptions = {}): Promise<Foreign> {
  const world = newWorld(clientId, codes === "fixed" ? FIXED_CODE : undefined);
  // Long enough that no client reuses a connection while it is being closed.
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    void serve(request, response, world);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, clientId, close: () => closed(server) };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });
}

async function serve(request: IncomingMessage, response: ServerResponse, world: World): Promise<void> {
  try {
    const call = await callOf(request);
    const isControl = /^\/__testkit(?:\/|$)/.test(call.path);
    write(response, await (isControl ? respondToControl(call, world) : respondToApi(call, world)));
  } catch (error) {
    // Either the client hung up while sending and nothing reads this, or it is a bug of this backend and must show.
    write(response, { status: 500, body: { error: String(error) } });
  }
}

async function callOf(request: IncomingMessage): Promise<Call> {
  const [path = "", ...query] = (request.url ?? "").split("?");
  return {
    method: request.method ?? "",
    path,
    query: new URLSearchParams(query.join("?")),
    header(name) {
      const value = String(request.headers[name] ?? "").trim();
      return value === "" ? undefined : value;
    },
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

function write(response: ServerResponse, { status, headers = {}, body }: HttpResponse): void {
  const text = body === undefined ? "" : jsonText(body);
  const length = status === 204 ? {} : { "content-length": Buffer.byteLength(text) };
  response.writeHead(status, {
    server: "foreign-idaas",
    "x-request-id": randomUUID(),
    "cache-control": "no-store",
    "content-type": "application/json;charset=UTF-8",
    ...length,
    ...headers,
  });
  response.end(text);
}
