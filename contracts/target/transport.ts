/**
 * Sends one HTTP request, and returns the response as plain values or the reason for its absence. The only place of the
 * suite that uses the network.
 */

import { BodyTooLong, bodyLimit, textWithin } from "./body-limit.ts";
import { failureMessage, noteAnswer } from "./failure-hints.ts";
import type { HttpResponse, Sent } from "./http-message.ts";

export { bodyText, type HeaderLine, type HttpResponse, type Sent } from "./http-message.ts";

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** There was no response; the message says why. */
export class TransportFailure extends Error {}

/** Does not follow redirects: the API has none. Throws `TransportFailure`. By default uses node:http, or `fetch` in a page. */
export async function exchange(sent: Sent, timeoutMs: number, fetchIt?: Fetch): Promise<HttpResponse> {
  const url = new URL(sent.url);
  const { origin, username, password } = url;
  // The message of fetch would show the user name and password; node:http would send them.
  if (username !== "" || password !== "") throw new TransportFailure(`${origin} ${CREDENTIALS}`);
  try {
    const send = fetchIt === undefined ? await defaultSender() : byFetch(fetchIt);
    const response = await send(sent, url, timeoutMs, LATE);
    noteAnswer(url);
    return response;
  } catch (error) {
    if (error instanceof BodyTooLong) throw new TransportFailure(`${origin} ${error.message}`);
    if (error === LATE) throw new TransportFailure(`${origin} did not respond within ${timeoutMs / 1_000} s`);
    throw new TransportFailure(failureMessage(url, reasonOf(error), codeOf(error)));
  }
}

/** One for all requests: the stack of an error takes time. */
const LATE = new Error("The time is over");

/** Rejects with `late` once the time is over. */
type Send = (sent: Sent, url: URL, timeoutMs: number, late: Error) => Promise<HttpResponse>;

let sender: Promise<Send> | undefined;

function defaultSender(): Promise<Send> {
  const isNode = globalThis.process?.versions?.node !== undefined;
  if (!isNode) return Promise.resolve(byFetch(globalThis.fetch));
  sender ??= import("./node-http.ts").then((module) => module.sendByNode);
  return sender;
}

function byFetch(fetchIt: Fetch): Send {
  return async (sent, _url, timeoutMs, late) => {
    const { url, method } = sent;
    const signal = AbortSignal.timeout(timeoutMs);
    const init = { method, headers: linesOf(sent), ...bodyOf(sent), redirect: "manual" as const, signal };
    try {
      const response = await fetchIt(url, init);
      const body = await textWithin(bodyLimit(sent), response);
      return { status: response.status, headers: Object.fromEntries(response.headers), body };
    } catch (error) {
      throw signal.aborted ? late : error;
    }
  };
}

function linesOf({ headers, moreHeaders = [] }: Sent): HeadersInit {
  if (moreHeaders.length === 0) return headers;
  return [...Object.entries(headers), ...moreHeaders].map(([name, value]): [string, string] => [name, value]);
}

/** A stream has no length. `fetch` demands that `duplex` says so. */
function bodyOf({ body, chunked }: Sent): RequestInit {
  if (body === undefined) return {};
  if (!chunked) return { body };
  const stream: RequestInit & { duplex: "half" } = { body: new Blob([body]).stream(), duplex: "half" };
  return stream;
}

const CREDENTIALS = "must not have a user name and password in its URL; send them as a header with a target module";

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "refuses connections: no server listens there",
  ECONNRESET: "closed the connection",
  UND_ERR_SOCKET: "closed the connection",
  EPIPE: "closed the connection",
  ENOTFOUND: "is an unknown host",
  EAI_AGAIN: "is an unknown host",
  ETIMEDOUT: "cannot be reached",
  EHOSTUNREACH: "cannot be reached",
  ENETUNREACH: "cannot be reached",
  DEPTH_ZERO_SELF_SIGNED_CERT: "has a self-signed certificate; set NODE_EXTRA_CA_CERTS to trust it",
  SELF_SIGNED_CERT_IN_CHAIN: "has a self-signed certificate; set NODE_EXTRA_CA_CERTS to trust it",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "has a certificate that cannot be verified; set NODE_EXTRA_CA_CERTS to trust it",
  CERT_HAS_EXPIRED: "has an expired certificate",
  ERR_TLS_CERT_ALTNAME_INVALID: "has a certificate for another host",
  ERR_SSL_WRONG_VERSION_NUMBER: "does not speak TLS; try http:// instead of https://",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "does not speak TLS; try http:// instead of https://",
};

/** The code of the innermost error; empty without one. */
function codeOf(error: unknown): string {
  let code = "";
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    const own = (inner as Error & { readonly code?: unknown }).code;
    if (typeof own === "string") code = own;
  }
  return code;
}

/** fetch only says "fetch failed"; the causes say why. */
function reasonOf(error: unknown): string {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    const code = (inner as Error & { readonly code?: unknown }).code;
    // node:http and fetch have words of their own for what is not HTTP.
    if (String(code).startsWith("HPE_")) return `failed: Response does not match the HTTP/1.1 protocol (${code})`;
    const known = REASONS[String(code)];
    if (known !== undefined) return known;
    if (inner.cause === undefined) return `failed: ${inner.message}${typeof code === "string" ? ` (${code})` : ""}`;
  }
  return `failed: ${String(error)}`;
}
