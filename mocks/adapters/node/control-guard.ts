/**
 * Who may use the control API. It can sign anyone in, so a page from elsewhere must not reach it: neither by a form that posts
 * across sites, nor by a name that is made to point to this machine (DNS rebinding).
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { PlainResponse } from "../../http/message.ts";
import { problemResponse } from "../../http/problem.ts";
import { isVisit } from "./inspector-files.ts";

/** The refusal, or undefined for who may; `peer` is the address that the connection comes from. */
export type Guard = (
  path: string,
  method: string,
  headers: IncomingHttpHeaders,
  peer: string | undefined,
) => PlainResponse | undefined;

/** Public keys are for everybody. */
const OPEN_PATH = "/__testkit/jwks.json";

/** Throws for an address that other machines reach without a token to protect it. */
export function controlGuard(host: string, token: string | undefined): Guard {
  if (!isLoopback(host) && !token) {
    throw new Error(`${host} is reached by other machines: the control API needs a control token there`);
  }
  return (path, method, headers, peer) => {
    if (path === OPEN_PATH) return undefined;
    if (!token) return foreign(headers, peer);
    // A browser cannot bring the token when it opens a page. The inspector's has no secret in it; it asks for the token.
    if (isVisit({ path, method, headers })) return undefined;
    // A preflight request cannot carry the token; it tells and changes nothing.
    const isPreflight = method === "OPTIONS" && headers["access-control-request-method"] !== undefined;
    return isPreflight || sameText(bearer(headers), token) ? undefined : tokenNeeded();
  };
}

/** Host names and addresses that only this machine reaches. */
function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function foreign(headers: IncomingHttpHeaders, peer = "unknown"): PlainResponse | undefined {
  // A dev server may listen on more addresses than it was asked about, and a header says what its sender likes.
  if (!isLoopback(peer.replace(/^::ffff:/, ""))) return forbidden(`${peer} is not this machine`);
  if (!isLoopback(hostName(`http://${headers.host}`))) return forbidden(`Host ${headers.host} is not this machine`);
  if (headers.origin !== undefined && !isLoopback(hostName(headers.origin))) {
    return forbidden(`Origin ${headers.origin} is not this machine`);
  }
  return undefined;
}

function hostName(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname : "";
}

function forbidden(detail: string): PlainResponse {
  return problemResponse({ title: "The control API is for this machine", status: 403, detail });
}

function tokenNeeded(): PlainResponse {
  const problem = { title: "The control API needs its token", status: 401, detail: "Authorization: Bearer <token>" };
  return problemResponse(problem, { "www-authenticate": "Bearer" });
}

function bearer({ authorization = "" }: IncomingHttpHeaders): string {
  return authorization.replace(/^Bearer\s+/i, "");
}

/** Compares digests, so that neither the length nor the place of the first difference shows in the time it takes. */
function sameText(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
