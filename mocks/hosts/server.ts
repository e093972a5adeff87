/** `ciam-testkit/server`: the mock behind node:http. Knows sockets, CORS and who may use the control API; nothing of CIAM. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Duplex, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { bodyLimit, isControlPath, type PlainAnswer } from "../http/plain.ts";
import { problemAnswer } from "../http/problem.ts";
import type { Mock } from "../mock.ts";
import { controlGuard, type Guard } from "./control-guard.ts";
import { corsHeaders, preflight } from "./cors.ts";

export interface ServeOptions {
  /** 0 for any free port; 4010 by default. */
  readonly port?: number;
  /** 127.0.0.1 by default. */
  readonly host?: string;
  /** Needed for the control API on an address that other machines reach; where it is given, every control call needs it. */
  readonly controlToken?: string;
  /** Told of what should not happen: a fault of this project. */
  readonly onError?: (error: unknown) => void;
}

export interface RunningServer {
  /** Without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** Lets requests under way end, for two seconds at most. */
  close(): Promise<void>;
}

export const DEFAULT_PORT = 4010;
const DEFAULT_HOST = "127.0.0.1";

/** Beyond this a body is not even read to its end before it is refused. */
const HOPELESS_BYTES = 8 * 1_048_576;
const CLOSE_GRACE_MS = 2_000;

/** Serves the mock. Rejects when the address cannot be listened on, or when the control API would be open to others. */
export async function serve(mock: Mock, options: ServeOptions = {}): Promise<RunningServer> {
  const { port = DEFAULT_PORT, host = DEFAULT_HOST, onError = () => {} } = options;
  const guard = controlGuard(host, options.controlToken);
  const server = createServer((request, response) => {
    respond(mock, guard, request, response).catch((error) => {
      onError(error);
      send(response, problemAnswer({ title: "The mock failed", status: 500, detail: String(error) }), {});
    });
  });
  server.on("clientError", answerMalformed);
  await listen(server, port, host);
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    port: bound,
    close: () => close(server),
  };
}

async function respond(mock: Mock, guard: Guard, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = "GET", headers } = request;
  const { path, query } = targetOf(request.url ?? "/");
  const refused = isControlPath(path) ? guard(path, method, headers) : undefined;
  const body = await readBody(request, bodyLimit(path));
  if (body === undefined) return;
  const gone = () => goneSignal(response);
  const cors = refused === undefined && headers.origin !== undefined ? corsHeaders(headers.origin) : {};
  const answer =
    refused ?? preflight(method, headers) ?? (await mock.answer({ method, path, query, headers, body, gone }));
  send(response, answer, cors);
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

function send(response: ServerResponse, answer: PlainAnswer, cors: Record<string, string>): void {
  const { status, headers, body, stream, transport } = answer;
  if (transport !== undefined) {
    fail(response, answer, transport);
  } else if (stream !== undefined) {
    response.writeHead(status, { ...headers, ...cors });
    pipeline(Readable.from(stream), response).catch(() => {
      // Whoever listened has left; that is how a stream of events ends.
    });
  } else {
    const length = hasNoBody(status) ? {} : { "content-length": String(Buffer.byteLength(body)) };
    response.writeHead(status, { ...headers, ...cors, ...length }).end(body);
  }
}

function hasNoBody(status: number): boolean {
  return status === 204 || status === 304;
}

/** Lets the connection fail, as a fault has ordered. */
function fail(response: ServerResponse, { status, headers, body }: PlainAnswer, how: PlainAnswer["transport"]): void {
  const { socket } = response;
  if (how === "reset") return void socket?.resetAndDestroy();
  if (how === "empty") return void socket?.destroy();
  const bytes = Buffer.from(body || " ");
  response.writeHead(status, { ...headers, "content-length": String(bytes.length) });
  response.write(bytes.subarray(0, bytes.length / 2), () => socket?.destroy());
}

/** What Node's parser refuses never reaches a handler; without this the client would see an empty 400. */
function answerMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const { status, title } = malformedAs(error.code);
  const { headers, body } = problemAnswer({ title, status, detail: error.message });
  const head = Object.entries({ ...headers, "content-length": Buffer.byteLength(body), connection: "close" });
  const lines = head.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  socket.end(`HTTP/1.1 ${status} ${title}\r\n${lines}\r\n${body}`);
}

function malformedAs(code: string | undefined): { status: number; title: string } {
  if (code === "HPE_HEADER_OVERFLOW") return { status: 431, title: "Request Header Fields Too Large" };
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return { status: 408, title: "Request Timeout" };
  return { status: 400, title: "Malformed HTTP" };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}
