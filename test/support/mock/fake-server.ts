/** A small HTTP server with a response function: a broken backend, or a step between a client and the mock. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import type { Mock } from "../../../mocks/index.ts";

export interface FakeRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** With lower case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** By default 200 without a body. */
export interface FakeResponse {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** `drop` closes the connection without a response. */
export type Responder = (asked: FakeRequest) => FakeResponse | "drop" | Promise<FakeResponse | "drop">;

/** A JSON response. */
export function json(value: unknown, status = 200): FakeResponse {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
}

/** Returns its URL. Closed when the test is over, even with waiting requests. */
export async function fakeServer(responder: Responder): Promise<string> {
  const server = createServer((request, response) => void respond(request, response, responder));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : address}`;
}

async function respond(request: IncomingMessage, response: ServerResponse, responder: Responder): Promise<void> {
  const { method = "", url: path = "" } = request;
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const answered = await responder({ method, path, headers, body: await text(request) });
  if (answered === "drop") return void response.destroy();
  const { status = 200, headers: more = {}, body = "" } = answered;
  response.writeHead(status, more);
  // A response that announces more than it has hangs.
  if (Number(more["content-length"] ?? 0) > Buffer.byteLength(body)) response.write(body);
  else response.end(body);
}

/** The mock's response to this request. */
export async function responseOf(mock: Mock, { method, path, headers, body }: FakeRequest): Promise<FakeResponse> {
  const response = await mock.fetch(`http://ciam.test${path}`, { method, headers, ...(body === "" ? {} : { body }) });
  const { "content-length": _, ...others } = Object.fromEntries(response.headers);
  return { status: response.status, headers: others, body: await response.text() };
}
