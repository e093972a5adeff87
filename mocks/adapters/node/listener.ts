/**
 * The request listener for node:http and node:http2, with or without TLS: reads the body, guards the control protocol, adds CORS
 * headers, serves the inspector and makes connections fail for transport faults. `serve` and the dev servers use it.
 */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerResponse } from "node:http2";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { bodyLimit, hasNoBody, isControlPath, type PlainRequest, type PlainResponse } from "../../http/message.ts";
import { problemResponse } from "../../http/problem.ts";
import type { Mock } from "../../mock.ts";
import type { Guard } from "./control-guard.ts";
import { corsHeaders, preflight } from "./cors.ts";
import { inspectorAnswer } from "./inspector-files.ts";

/** A larger body is not read to its end: the connection is closed. */
const HOPELESS_BYTES = 8 * 1_048_576;

/** The error code for a failing stream of HTTP/2 (RFC 9113, section 7). */
const INTERNAL_ERROR = 2;

export interface ListenerOptions {
  readonly guard: Guard;
  /** Called with unexpected errors: bugs of this project. */
  readonly onError: (error: unknown) => void;
}

/** A request listener for node:http, and for servers that pass on its requests. Creates promises only where something waits. */
export function nodeListener(mock: Pick<Mock, "answer">, { guard, onError }: ListenerOptions) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const fail = (error: unknown) => {
      onError(error);
      const problem = problemResponse({ title: "The mock failed", status: 500, detail: String(error) });
      send(response, protectedAt(targetOf(request.url ?? "/").path, problem), {});
    };
    const run = (step: () => void | Promise<void>) => {
      try {
        step()?.catch(fail);
      } catch (error) {
        fail(error);
      }
    };
    run(() => {
      const head = headOf(request, guard);
      readBody(request, bodyLimit(head.path), (body) => run(() => respond(mock, head, body, response)));
    });
  };
}

interface Head {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  /** The guard's response. */
  readonly refused: PlainResponse | undefined;
}

function headOf(request: IncomingMessage, guard: Guard): Head {
  const { method = "GET", socket, httpVersion } = request;
  const headers = headersOf(request);
  const { authority, path, query } = targetOf(request.url ?? "/");
  if (!isControlPath(path)) return { method, path, query, headers, refused: undefined };
  const hosts = hostsOf(request, authority);
  const refused = guard({ path, method, headers, hosts, peer: socket.remoteAddress, httpVersion });
  return { method, path, query, headers, refused };
}

function respond(
  mock: Pick<Mock, "answer">,
  { method, path, query, headers, refused }: Head,
  body: string | null,
  response: ServerResponse,
): void | Promise<void> {
  const request = { method, path, query, headers, body, gone: () => goneSignal(response) };
  const cors = refused === undefined && headers.origin !== undefined ? corsHeaders(headers.origin) : {};
  const plain = refused ?? preflight(method, headers) ?? answerTo(request, mock);
  if (!(plain instanceof Promise)) return send(response, protectedAt(path, plain), cors);
  return plain.then((late) => send(response, protectedAt(path, late), cors));
}

function answerTo(request: PlainRequest, mock: Pick<Mock, "answer">): PlainResponse | Promise<PlainResponse> {
  if (!isControlPath(request.path)) return mock.answer(request);
  return inspectorAnswer(request).then((file) => file ?? mock.answer(request));
}

/**
 * On every response of the control protocol, so that no cache keeps it and no page of another site embeds it. Pages that may read
 * it use CORS, to which the resource policy does not apply.
 */
const CONTROL_HEADERS = {
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
  "cross-origin-resource-policy": "same-origin",
};

function protectedAt(path: string, plain: PlainResponse): PlainResponse {
  return isControlPath(path) ? { ...plain, headers: { ...plain.headers, ...CONTROL_HEADERS } } : plain;
}

/** Repeated Host headers make one text that names no host. HTTP/2 may have `:authority`, Host, or both. */
function hostsOf(request: IncomingMessage, authority: string | undefined): string[] {
  const { headers, httpVersionMajor, rawHeaders } = request;
  if (httpVersionMajor >= 2) return [headers[":authority"], headers.host].flat().filter((name) => name !== undefined);
  const isHost = (_: string, index: number) => rawHeaders[index - 1]?.toLowerCase() === "host" && index % 2 === 1;
  const named = rawHeaders.filter(isHost).join(", ");
  return authority === undefined ? [named] : [authority, named];
}

/** In HTTP/2 the host is `:authority`. Other names with a colon at the start are not headers. */
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

interface RequestTarget {
  /** Only in an absolute address. */
  readonly authority: string | undefined;
  readonly path: string;
  readonly query: string;
}

/** The request line may have a path or an absolute address. */
function targetOf(url: string): RequestTarget {
  const [start = "", authority] = /^[a-z]+:\/\/([^/?]*)/i.exec(url) ?? [];
  const from = url.slice(start.length);
  const mark = from.indexOf("?");
  if (mark < 0) return { authority, path: from, query: "" };
  return { authority, path: from.slice(0, mark), query: from.slice(mark + 1) };
}

/**
 * Calls back with the body, or with null if it is over the limit. Does not call back if the client disconnects or sends too much.
 */
function readBody(request: IncomingMessage, limit: number, done: (body: string | null) => void): void {
  if (request.readableEnded) {
    throw new Error("The body was already read: put the mock before any middleware that parses bodies");
  }
  const chunks: Buffer[] = [];
  let size = 0;
  request.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    if (size > HOPELESS_BYTES && size > limit) request.destroy();
  });
  request.on("end", () => done(size > limit ? null : textOf(chunks)));
}

function textOf(chunks: readonly Buffer[]): string {
  return (chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))?.toString() ?? "";
}

function send(response: ServerResponse, plain: PlainResponse, cors: Record<string, string>): void {
  const { status, headers, body, stream, transport } = plain;
  if (transport !== undefined) {
    fail(response, plain, transport);
  } else if (stream !== undefined) {
    response.writeHead(status, { ...headers, ...cors });
    pipeline(Readable.from(stream), response).catch(() => {
      // The client has disconnected. A stream of events ends like this.
    });
  } else {
    const content = hasNoBody(status) ? "" : body;
    response.writeHead(status, { ...headers, ...cors, ...lengthOf(status, content) }).end(content);
  }
}

/** RFC 9110, section 8.6: no content-length with 204, and none for an empty body with 304. */
function lengthOf(status: number, content: string): Record<string, string> {
  return status === 204 || status === 304 ? {} : { "content-length": String(Buffer.byteLength(content)) };
}

/** Makes the connection fail for a transport fault. */
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

/** Closes the connection, or in HTTP/2 only the stream, as other requests share the connection. Node cannot reset a TLS socket. */
function cut(response: ServerResponse, withReset: boolean): void {
  const { socket } = response;
  if (isOfHttp2(response)) response.stream.close(INTERNAL_ERROR);
  else if (withReset && socket !== null && !("encrypted" in socket)) socket.resetAndDestroy();
  else socket?.destroy();
}

/** The response of node:http2 has the interface of a ServerResponse, and a stream. */
function isOfHttp2(response: object): response is Http2ServerResponse {
  return "stream" in response;
}
