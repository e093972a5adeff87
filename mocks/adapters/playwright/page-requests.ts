/**
 * Sends the requests of a test's pages to a sandbox: to a mock in this process, or to a server.
 */
import type { Route } from "@playwright/test";
import { toPlain } from "../../http/fetch.ts";
import type { PlainResponse } from "../../http/message.ts";
import { API_BASE_PATHS, type Mock } from "../../mock.ts";
import { corsHeaders, preflight } from "../node/cors.ts";

/** Which requests of the pages go to the API. */
export interface Destination {
  /** Whether this is an address of the API. */
  isMeant(url: URL): boolean;
  /** Path and query without the path of `baseUrl`. */
  pathOf(url: URL): string;
}

/** The API below this address, or below this path on any origin; by default at the root of any origin. */
export function destination(baseUrl = "/"): Destination {
  const isPath = baseUrl.startsWith("/");
  if (!isPath && !URL.canParse(baseUrl))
    throw new Error(`baseUrl must be an address or a path with a leading slash, not "${baseUrl}"`);
  const { origin, pathname } = new URL(baseUrl, "http://any.test");
  const prefix = pathname.replace(/\/+$/, "");
  return {
    isMeant: (url) =>
      (isPath || url.origin === origin) &&
      API_BASE_PATHS.some((path) => `${url.pathname}/`.startsWith(`${prefix}${path}/`)),
    pathOf: ({ pathname: path, search }) => path.slice(prefix.length) + search,
  };
}

/** Fulfils the route with the mock's response. `gone` ends hanging and slow requests when the test is over. */
export async function fulfilFrom(mock: Mock, path: string, route: Route, gone: () => AbortSignal): Promise<void> {
  const request = route.request();
  const method = request.method();
  const headers = await request.allHeaders();
  const body = request.postDataBuffer();
  const url = new URL(path, request.url());
  const plain = await toPlain(
    new Request(url, { method, headers, ...(body === null ? {} : { body: new Uint8Array(body) }) }),
  );
  const response = preflight(method, headers) ?? (await mock.answer({ ...plain, gone }));
  await fulfil(route, response, headers["origin"]);
}

/** Playwright fulfils a route completely or not at all, so a truncated response becomes a reset connection. */
async function fulfil(route: Route, { status, headers, body, transport }: PlainResponse, origin = ""): Promise<void> {
  if (transport !== undefined) return route.abort("connectionreset");
  await route.fulfill({ status, headers: { ...headers, ...(origin === "" ? {} : corsHeaders(origin)) }, body });
}

/** Forwards the request with these headers and fulfils the route with the response. A failing connection fails here, too. */
export async function sendOn(address: string, headers: Record<string, string>, route: Route): Promise<void> {
  try {
    const response = await route.fetch({ url: address, headers, maxRedirects: 0, timeout: 0 });
    await route.fulfill({ response });
  } catch {
    await route.abort("connectionreset").catch(() => {
      // The page was closed, so the route no longer exists.
    });
  }
}

/** The headers that hold the client id. */
const CLIENT_ID_HEADERS: ReadonlySet<string> = new Set(["x-client-id", "x-authing-app-id", "x-genauth-app-id"]);

/** Replaces the app's client id by that of the sandbox. Any other client id stays, so that it is refused. */
export function withClientId(
  headers: Readonly<Record<string, string>>,
  from: string,
  to: string,
): Record<string, string> {
  const renamed = Object.entries(headers).map(([name, value]) => {
    const isOwn = CLIENT_ID_HEADERS.has(name.toLowerCase()) && value === from;
    return [name, isOwn ? to : value] as const;
  });
  return Object.fromEntries(renamed);
}
