/**
 * Guards the control API. It can sign in any account, so a foreign page must not reach it: neither by a form that posts across
 * sites, nor by a host name that resolves to this machine (DNS rebinding).
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { PlainResponse } from "../../http/message.ts";
import { problemResponse } from "../../http/problem.ts";
import { isVisit } from "./inspector-files.ts";

/** The refusal; undefined for an allowed request. `peer` is the client's address. */
export type Guard = (
  path: string,
  method: string,
  headers: IncomingHttpHeaders,
  peer: string | undefined,
) => PlainResponse | undefined;

/** The public keys need no protection. */
const OPEN_PATH = "/__testkit/jwks.json";

/** Throws if other machines can reach the host and there is no token. */
export function controlGuard(host: string, token: string | undefined): Guard {
  if (!isLoopback(host) && !token) {
    throw new Error(`other machines can reach ${host}, so the control API needs a control token there`);
  }
  return (path, method, headers, peer) => {
    if (path === OPEN_PATH) return undefined;
    if (!token) return foreign(headers, peer);
    // A browser cannot send the token when it opens a page. The inspector's page has no secrets and asks for the token.
    if (isVisit({ path, method, headers })) return undefined;
    // A preflight request cannot carry the token. It reads and changes nothing.
    const isPreflight = method === "OPTIONS" && headers["access-control-request-method"] !== undefined;
    return isPreflight || sameText(bearer(headers), token) ? undefined : tokenNeeded();
  };
}

/** Whether only this machine can reach the host name or address. */
function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function foreign(headers: IncomingHttpHeaders, peer = "unknown"): PlainResponse | undefined {
  // Check the client's address too: a dev server may listen on other addresses, and any client can forge a header.
  if (!isLoopback(peer.replace(/^::ffff:/, ""))) return forbidden(`the client ${peer} is not this machine`);
  if (!isLoopback(hostName(`http://${headers.host}`)))
    return forbidden(`the header Host (${headers.host}) does not name this machine`);
  if (headers.origin !== undefined && !isLoopback(hostName(headers.origin))) {
    return forbidden(`the header Origin (${headers.origin}) does not name this machine`);
  }
  return undefined;
}

function hostName(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname : "";
}

function forbidden(detail: string): PlainResponse {
  return problemResponse({ title: "The control API is for this machine only", status: 403, detail });
}

function tokenNeeded(): PlainResponse {
  const detail = "send the header Authorization: Bearer <control token>";
  const problem = { title: "The control API needs its token", status: 401, detail };
  return problemResponse(problem, { "www-authenticate": "Bearer" });
}

function bearer({ authorization = "" }: IncomingHttpHeaders): string {
  return authorization.replace(/^Bearer\s+/i, "");
}

/** Compares digests, so that the time tells neither the length nor the position of the first difference. */
function sameText(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
