/**
 * Guards the control API at every adapter that listens. It can sign in any account. So a foreign page must not reach it: neither by
 * a form that posts across sites, nor by a host name that resolves to this machine (DNS rebinding), nor through a proxy or tunnel.
 */
import type { IncomingHttpHeaders } from "node:http";
import { assertControlToken } from "../../http/control-token.ts";
import type { PlainResponse } from "../../http/message.ts";
import { problemResponse } from "../../http/problem.ts";
import { isVisit } from "./inspector-files.ts";
import { isLoopback, isLoopbackHost, isLoopbackOrigin } from "./loopback.ts";

/** What the guard looks at. */
interface Guarded {
  readonly path: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** All names by which the request calls this machine: the Host headers, `:authority`, and the host of an absolute address. */
  readonly hosts: readonly string[];
  /** The client's address. */
  readonly peer: string | undefined;
  readonly httpVersion: string;
}

/** The refusal; undefined for an allowed request. */
export type Guard = (request: Guarded) => PlainResponse | undefined;

/** The public keys need no protection. */
const OPEN_PATH = "/__testkit/jwks.json";

/** Headers that proxies, tunnels and content networks add. */
const FORWARDED: readonly RegExp[] = [
  /^(forwarded|via|cdn-loop)$/,
  /^x-(forwarded|original|envoy|azure|proxy|appengine|arr)(-|$)/,
  /^(cf|fastly|true)-(client|connecting|pseudo)-?ip/,
  /^cf-(ray|visitor|ipcountry|worker)$/,
  /^x-(cluster-)?(real|client|remote)-?(ip|port|addr)$/,
  /^x-(host|http-host-override|rewrite-url)$/,
];

/** The values of Sec-Fetch-Site that no page of another site sends. */
const OWN_SITES: ReadonlySet<string> = new Set(["same-origin", "same-site", "none"]);

/** Throws if other machines can reach the host and no token is given. Throws as well for a text that cannot be a token. */
export function controlGuard(host: string, token: string | undefined): Guard {
  assertControlToken(token);
  if (!isLoopback(host) && token === undefined) {
    throw new Error(`other machines can reach ${host}, so the control API needs a control token there`);
  }
  return (request) => {
    if (request.path === OPEN_PATH) return undefined;
    return token === undefined ? foreign(request) : withoutToken(request, token);
  };
}

function withoutToken(request: Guarded, token: string): PlainResponse | undefined {
  const { method, headers } = request;
  // A browser cannot send the token when it opens a page. The inspector's page has no secrets and asks for the token.
  if (isVisit(request)) return undefined;
  // A preflight request cannot carry the token. It reads and changes nothing.
  const isPreflight = method === "OPTIONS" && headers["access-control-request-method"] !== undefined;
  return isPreflight || sameText(bearer(headers), token) ? undefined : tokenNeeded();
}

/** Refuses whatever may come from another machine or from a page of another site. */
function foreign(request: Guarded): PlainResponse | undefined {
  const { headers, hosts, peer = "unknown", httpVersion } = request;
  // Check the client's address too: a dev server may listen on other addresses, and any client can forge a header.
  if (!isLoopback(peer)) return forbidden(`the client ${peer} is not this machine`);
  const otherHost = hosts.find((host) => !isLoopbackHost(host));
  if (otherHost !== undefined || hosts.length === 0)
    return forbidden(`the header Host (${otherHost ?? "missing"}) does not name this machine`);
  const forwarded = Object.keys(headers).find((name) => FORWARDED.some((pattern) => pattern.test(name)));
  if (forwarded !== undefined) return forbidden(`the header ${forwarded} shows that a proxy forwarded the request`);
  // The default of some proxies, which send no header of their own. Browsers and HTTP clients send 1.1 or 2.
  if (httpVersion === "1.0") return forbidden("a proxy may have sent the request, because it uses HTTP/1.0");
  if (headers.origin !== undefined && !isLoopbackOrigin(headers.origin))
    return forbidden(`the header Origin (${headers.origin}) does not name this machine`);
  return foreignSite(request);
}

/** A page of another site sends no Origin for an image, a script or a link. Browsers then say so in Sec-Fetch-Site. */
function foreignSite(request: Guarded): PlainResponse | undefined {
  const { origin, "sec-fetch-site": site } = request.headers;
  if (site === undefined || OWN_SITES.has(String(site))) return undefined;
  if (site === "cross-site" && (origin !== undefined || isVisit(request))) return undefined;
  return forbidden(`the header Sec-Fetch-Site (${site}) names a page of another site`);
}

function forbidden(reason: string): PlainResponse {
  const detail = `${reason}. Other machines, other sites and proxies need a control token: start the mock with one, and send it`;
  return problemResponse({ title: "The control API is for this machine only", status: 403, detail });
}

function tokenNeeded(): PlainResponse {
  const detail = "send the header Authorization: Bearer <control token>";
  const problem = { title: "The control API needs its token", status: 401, detail };
  return problemResponse(problem, { "www-authenticate": "Bearer" });
}

/** Empty without the scheme Bearer. No token is empty. */
function bearer({ authorization = "" }: IncomingHttpHeaders): string {
  return /^Bearer +(.*)$/i.exec(authorization)?.[1] ?? "";
}

/** Compares digests, so that the time tells neither the length nor the position of the first difference. */
function sameText(given: string, wanted: string): boolean {
  // Loaded here, because only some servers have a token, and every server should start fast.
  const { createHash, timingSafeEqual } = process.getBuiltinModule("node:crypto");
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
