/**
 * Sends a request with node:http, on connections that stay open. It sends what `fetch` would send, and takes half of
 * its time. Loaded in Node only.
 */
import http from "node:http";
import https from "node:https";
import { promisify } from "node:util";
import zlib from "node:zlib";
import { BodyTooLong, bodyLimit } from "./body-limit.ts";
import type { HttpResponse, Sent } from "./http-message.ts";

/** The headers that `fetch` adds. */
const ADDED: Readonly<Record<string, string>> = {
  accept: "*/*",
  "accept-language": "*",
  "sec-fetch-mode": "cors",
  "user-agent": "node",
};

/** Idle connections close after this time, before servers do: a request on a connection that closes would fail. */
const IDLE_MS = 4_000;

/** Uses a proxy exactly if Node does. */
function optionsLike(agent: http.Agent, keepAlive: boolean): http.AgentOptions {
  const { proxyEnv } = (agent as http.Agent & { readonly options: http.AgentOptions }).options;
  return { keepAlive, scheduling: "lifo", timeout: IDLE_MS, ...(proxyEnv === undefined ? {} : { proxyEnv }) };
}

/** Connections of their own: a bug of the API can leave bytes on a connection, and the next call would be misread. */
const agents = { api: newAgents(true), control: newAgents(true), alone: newAgents(false) };

function newAgents(keepAlive: boolean) {
  return {
    "http:": new http.Agent(optionsLike(http.globalAgent, keepAlive)),
    "https:": new https.Agent(optionsLike(https.globalAgent, keepAlive)),
  };
}

/** A server that is asked to close need not say that it will. Its connection must not be used again. */
function agentsFor({ headers, isControl = false }: Sent): keyof typeof agents {
  if (isControl) return "control";
  const line = Object.entries(headers).find(([name]) => name.toLowerCase() === "connection");
  return line?.[1].toLowerCase() === "close" ? "alone" : "api";
}

/** Rejects with the error of the connection, or with `late` once the time is over. */
export async function sendByNode(sent: Sent, url: URL, timeoutMs: number, late: Error): Promise<HttpResponse> {
  const { status, headers, bytes } = await received(sent, url, timeoutMs, late);
  const body = await decoded(bytes, headers["content-encoding"], bodyLimit(sent)).catch((error) => {
    throw error.code === TOO_LARGE_FOR_ZLIB ? new BodyTooLong(bodyLimit(sent)) : error;
  });
  return { status, headers, body: new TextDecoder().decode(body) };
}

interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

function received(sent: Sent, url: URL, timeoutMs: number, late: Error): Promise<Received> {
  const isSecure = url.protocol === "https:";
  const { method, body, chunked = false } = sent;
  const limit = bodyLimit(sent);
  const options = {
    method,
    hostname: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port,
    path: `${url.pathname}${url.search}`,
    headers: sentHeaders(sent, isSecure),
    agent: agents[agentsFor(sent)][isSecure ? "https:" : "http:"],
  };
  return new Promise((resolve, reject) => {
    // Called on the module object, because tools such as msw replace its functions.
    const request = (isSecure ? https : http).request(options, (response) => {
      const chunks: Buffer[] = [];
      let left = limit;
      response.on("data", (chunk: Buffer) => {
        left -= chunk.length;
        if (left >= 0) chunks.push(chunk);
        else request.destroy(new BodyTooLong(limit));
      });
      response.once("error", reject);
      response.once("end", () => {
        const bytes = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
        resolve({ status: response.statusCode ?? 0, headers: headersOf(response.rawHeaders), bytes });
      });
    });
    const timer = setTimeout(() => request.destroy(late), timeoutMs);
    request.once("error", (error) => reject(withOwnCode(error)));
    request.once("close", () => clearTimeout(timer));
    // A body that is written before the end goes in chunks.
    if (chunked && body !== undefined) request.write(body);
    request.end(body === undefined || chunked ? undefined : written(body, sent.headers));
  });
}

/** node:http writes the headers in the encoding of a body that is a text. Headers beyond ASCII need a body of bytes. */
function written(body: string | Uint8Array, headers: Sent["headers"]): string | Uint8Array {
  if (typeof body !== "string") return body;
  return Object.values(headers).every((value) => /^[\x20-\x7e]*$/.test(value)) ? body : Buffer.from(body);
}

/** An error of TLS in a write is EPROTO. Its text has the name that the same error has in a read. */
function withOwnCode(error: NodeJS.ErrnoException): Error {
  const [, name] = /^write EPROTO .*:SSL routines:[^:]*:([^:]+):/.exec(error.message) ?? [];
  if (name !== undefined) error.code = `ERR_SSL_${name.toUpperCase().replaceAll(" ", "_")}`;
  return error;
}

/** The headers of the request and those that `fetch` adds. A name with several lines has a list of values. */
function sentHeaders(sent: Sent, isSecure: boolean): http.OutgoingHttpHeaders {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of [...Object.entries(sent.headers), ...(sent.moreHeaders ?? [])]) {
    const known = Object.keys(headers).find((one) => one.toLowerCase() === name.toLowerCase()) ?? name;
    const line = value.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, "");
    headers[known] = headers[known] === undefined ? line : [headers[known], line].flat();
  }
  const names = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const added = { ...ADDED, "accept-encoding": isSecure ? "br, gzip, deflate" : "gzip, deflate", ...bodyHeaders(sent) };
  for (const [name, value] of Object.entries(added)) if (!names.has(name)) headers[name] = value;
  return headers;
}

function bodyHeaders({ body, chunked = false }: Sent): Record<string, string> {
  if (body === undefined) return {};
  return {
    ...(typeof body === "string" ? { "content-type": "text/plain;charset=UTF-8" } : {}),
    ...(chunked ? {} : { "content-length": String(Buffer.byteLength(body)) }),
  };
}

/** In alphabetical order, as those of `fetch`. Values of one name are joined; of several cookies, the last one stays. */
function headersOf(raw: readonly string[]): Readonly<Record<string, string>> {
  const found = new Map<string, string>();
  for (let index = 0; index < raw.length; index += 2) {
    const name = String(raw[index]).toLowerCase();
    const value = String(raw[index + 1]);
    const before = name === "set-cookie" ? undefined : found.get(name);
    found.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries([...found].sort(([one], [other]) => (one < other ? -1 : 1)));
}

// A body that ends too early is passed on as far as it goes.
const UNZIP = { finishFlush: zlib.constants.Z_SYNC_FLUSH };
const TOO_LARGE_FOR_ZLIB = "ERR_BUFFER_TOO_LARGE";
const unzip = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gunzip);
const unbrotli = promisify<Buffer, zlib.BrotliOptions, Buffer>(zlib.brotliDecompress);
const inflate = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.inflate);
const inflateRaw = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.inflateRaw);

type Decoder = (bytes: Buffer, limit: { readonly maxOutputLength: number }) => Promise<Buffer>;

const DECODERS: Readonly<Record<string, Decoder>> = {
  gzip: (bytes, limit) => unzip(bytes, { ...UNZIP, ...limit }),
  "x-gzip": (bytes, limit) => unzip(bytes, { ...UNZIP, ...limit }),
  br: unbrotli,
  // Some servers leave out the header of zlib.
  deflate: (bytes, limit) => (((bytes[0] ?? 0) & 0x0f) === 8 ? inflate : inflateRaw)(bytes, { ...UNZIP, ...limit }),
};

/** A coding that the client did not ask for stays as it is. */
async function decoded(bytes: Buffer, coding: string | undefined, limit: number): Promise<Buffer> {
  const codings = (coding ?? "").split(",").map((name) => name.trim().toLowerCase());
  const decoders = codings.map((name) => DECODERS[name]).reverse();
  let result = bytes;
  for (const decode of decoders) {
    if (decode === undefined || result.length === 0) return result;
    result = await decode(result, { maxOutputLength: limit });
  }
  return result;
}
