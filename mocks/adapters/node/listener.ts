/**
 * Answers what node:http hands over: reads the body within its limit, keeps strangers from the control protocol, speaks CORS, shows
 * the inspector, and lets connections fail where a fault has ordered it, of HTTP/1 and 2, with TLS or without. Knows no port: `serve`
 * listens, and so may a dev server.
 */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerResponse } from "node:http2";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { bodyLimit, hasNoBody, isControlPath, type PlainResponse } from "../../http/message.ts";
import { problemResponse } from "../../http/problem.ts";
import type { Mock } from "../../mock.ts";
import type { Guard } from "./control-guard.ts";
import { corsHeaders, preflight } from "./cors.ts";
import { inspectorAnswer } from "./inspector-files.ts";

/** Beyond this a body is not even read to its end before it is refused. */
const HOPELESS_BYTES = 8 * 1_048_576;

/** Of HTTP/2 (RFC 9113, section 7): what a stream ends with that fails. */
const INTERNAL_ERROR = 2;

export interface ListenerOptions {
  readonly guard: Guard;
  /** Told of what should not happen: a fault of this project. */
  readonly onError: (error: unknown) => void;
}

/** A request listener for node:http, and for whatever hands on what it got from there. */
export function nodeListener(mock: Mock, { guard, onError }: ListenerOptions) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    respond(mock, guard, request, response).catch((error) => {
      onError(error);
      send(response, problemResponse({ title: "The mock failed", status: 500, detail: String(error) }), {});
    });
  };
}

async function respond(mock: Mock, guard: Guard, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = "GET", socket } = request;
  const headers = headersOf(request);
  const { path, query } = targetOf(request.url ?? "/");
  const refused = isControlPath(path) ? guard(path, method, headers, socket.remoteAddress) : undefined;
  const body = await readBody(request, bodyLimit(path));
  if (body === undefined) return;
  const gone = () => goneSignal(response);
  const cors = refused === undefined && headers.origin !== undefined ? corsHeaders(headers.origin) : {};
  const answer =
    refused ??
    preflight(method, headers) ??
    (isControlPath(path) ? await inspectorAnswer({ method, path, headers }) : undefined) ??
    (await mock.answer({ method, path, query, headers, body, gone }));
  send(response, answer, cors);
}

/** HTTP/2 calls the host `:authority`; the other names that begin so are no headers. */
function headersOf({ headers, httpVersionMajor }: IncomingMessage): IncomingHttpHeaders {
  if (httpVersionMajor < 2) return headers;
  const named = Object.entries(headers).filter(([name]) => !name.startsWith(":"));
  return { host: String(headers[":authority"]), ...Object.fromEntries(named) };
}

function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  if (response.destroyed) gone.abort();
  else response.once("close", () => gone.abort());
  return gone.signal;
}

/** The request line may hold a path or a whole address. */
function targetOf(url: string): { path: string; query: string } {
  const from = url.startsWith("/") ? url : url.replace(/^[a-z]+:\/\/[^/?]*/i, "");
  const mark = from.indexOf("?");
  return mark < 0 ? { path: from, query: "" } : { path: from.slice(0, mark), query: from.slice(mark + 1) };
}

/** The body; null if it is over the limit; undefined if the client went away or sends without end. */
function readBody(request: IncomingMessage, limit: number): Promise<string | null | undefined> {
  if (request.readableEnded) throw new Error("The body was read before: let the mock come before what parses bodies");
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      if (size > HOPELESS_BYTES && size > limit) request.destroy();
    });
    request.on("end", () => resolve(size > limit ? null : textOf(chunks)));
    request.on("close", () => resolve(undefined));
  });
}

function textOf(chunks: readonly Buffer[]): string {
  return (chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))?.toString() ?? "";
}

function send(response: ServerResponse, answer: PlainResponse, cors: Record<string, string>): void {
  const { status, headers, body, stream, transport } = answer;
  if (transport !== undefined) {
    fail(response, answer, transport);
  } else if (stream !== undefined) {
    response.writeHead(status, { ...headers, ...cors });
    pipeline(Readable.from(stream), response).catch(() => {
      // Whoever listened has left; that is how a stream of events ends.
    });
  } else {
    const content = hasNoBody(status) ? "" : body;
    response.writeHead(status, { ...headers, ...cors, ...lengthOf(status, content) }).end(content);
  }
}

/** RFC 9110, section 8.6: no length with 204, and none of an empty body with 304. */
function lengthOf(status: number, content: string): Record<string, string> {
  return status === 204 || status === 304 ? {} : { "content-length": String(Buffer.byteLength(content)) };
}

/** Lets the connection fail, as a fault has ordered. */
function fail(
  response: ServerResponse,
  { status, headers, body }: PlainResponse,
  how: PlainResponse["transport"],
): void {
  if (how !== "truncate") return void cut(response, how === "reset");
  const bytes = Buffer.from(body || " ");
  response.writeHead(status, { ...headers, "content-length": String(bytes.length) });
  response.write(bytes.subarray(0, bytes.length / 2), () => cut(response, false));
}

/** Closes the connection; of HTTP/2, where it carries other requests too, the stream. Below TLS Node cannot reset one. */
function cut(response: ServerResponse, withReset: boolean): void {
  const { socket } = response;
  if (isOfHttp2(response)) response.stream.close(INTERNAL_ERROR);
  else if (withReset && socket !== null && !("encrypted" in socket)) socket.resetAndDestroy();
  else socket?.destroy();
}

/** node:http2 hands over what answers like a ServerResponse, and has a stream. */
function isOfHttp2(response: object): response is Http2ServerResponse {
  return "stream" in response;
}
