/**
 * Sends a request with node:http, on connections that stay open. It sends what `fetch` would send, and takes half of
 * its time. Loaded in Node only.
 */
import http from "node:http";
import https from "node:https";
import { promisify } from "node:util";
import zlib from "node:zlib";
import type { HttpResponse, Sent } from "./transport.ts";

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
function optionsLike(agent: http.Agent): http.AgentOptions {
  const { proxyEnv } = (agent as http.Agent & { readonly options: http.AgentOptions }).options;
  return { keepAlive: true, scheduling: "lifo", timeout: IDLE_MS, ...(proxyEnv === undefined ? {} : { proxyEnv }) };
}

const plain = new http.Agent(optionsLike(http.globalAgent));
const secure = new https.Agent(optionsLike(https.globalAgent));

/** Rejects with the error of the connection, or with the reason of the signal. */
export async function sendByNode(sent: Sent, signal: AbortSignal): Promise<HttpResponse> {
  const response = await responseTo(sent, signal);
  const { statusCode: status = 0, rawHeaders } = response;
  const headers = headersOf(rawHeaders);
  const body = await decoded(await bytesOf(response), headers["content-encoding"]);
  return { status, headers, body: new TextDecoder().decode(body) };
}

function responseTo({ url, method, headers, body }: Sent, signal: AbortSignal): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const isSecure = url.startsWith("https:");
    // Called on the module object, because tools such as msw replace its functions.
    const request = (isSecure ? https : http).request(url, {
      method,
      headers: sentHeaders(headers, body, isSecure),
      agent: isSecure ? secure : plain,
      signal,
    });
    request.once("response", resolve);
    request.once("error", (error) => reject(signal.aborted ? signal.reason : withOwnCode(error)));
    // As bytes, because node:http would write the headers in the encoding of a text.
    request.end(body === undefined ? undefined : Buffer.from(body));
  });
}

/** An error of TLS in a write is EPROTO. Its text has the name that the same error has in a read. */
function withOwnCode(error: NodeJS.ErrnoException): Error {
  const [, name] = /^write EPROTO .*:SSL routines:[^:]*:([^:]+):/.exec(error.message) ?? [];
  if (name !== undefined) error.code = `ERR_SSL_${name.toUpperCase().replaceAll(" ", "_")}`;
  return error;
}

function sentHeaders(own: Sent["headers"], body: string | undefined, isSecure: boolean): http.OutgoingHttpHeaders {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(own)) headers[name] = value.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, "");
  const names = new Set(Object.keys(own).map((name) => name.toLowerCase()));
  const added = {
    ...ADDED,
    "accept-encoding": isSecure ? "br, gzip, deflate" : "gzip, deflate",
    ...(body === undefined
      ? {}
      : { "content-type": "text/plain;charset=UTF-8", "content-length": `${Buffer.byteLength(body)}` }),
  };
  for (const [name, value] of Object.entries(added)) if (!names.has(name)) headers[name] = value;
  return headers;
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

async function bytesOf(response: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
}

// A body that ends too early is passed on as far as it goes.
const UNZIP = { finishFlush: zlib.constants.Z_SYNC_FLUSH };
const unzip = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gunzip);
const unbrotli = promisify<Buffer, Buffer>(zlib.brotliDecompress);
const inflate = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.inflate);
const inflateRaw = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.inflateRaw);

const DECODERS: Readonly<Record<string, (bytes: Buffer) => Promise<Buffer>>> = {
  gzip: (bytes) => unzip(bytes, UNZIP),
  "x-gzip": (bytes) => unzip(bytes, UNZIP),
  br: unbrotli,
  // Some servers leave out the header of zlib.
  deflate: (bytes) => (((bytes[0] ?? 0) & 0x0f) === 8 ? inflate(bytes, UNZIP) : inflateRaw(bytes, UNZIP)),
};

/** Leaves a coding that nobody asked for. */
async function decoded(bytes: Buffer, coding: string | undefined): Promise<Buffer> {
  const codings = (coding ?? "").split(",").map((name) => name.trim().toLowerCase());
  const decoders = codings.map((name) => DECODERS[name]).reverse();
  let result = bytes;
  for (const decode of decoders) {
    if (decode === undefined || result.length === 0) return result;
    result = await decode(result);
  }
  return result;
}
