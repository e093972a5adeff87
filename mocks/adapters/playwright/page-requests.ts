/**
 * The requests of a test's pages, on their way to a sandbox: answered by a mock in this process, or sent on to a server. Knows
 * Playwright's routes; nothing of fixtures.
 */
import type { Route } from "@playwright/test";
import { toPlain } from "../../http/fetch.ts";
import type { PlainResponse } from "../../http/message.ts";
import { API_BASE_PATHS, type Mock } from "../../mock.ts";
import { corsHeaders, preflight } from "../node/cors.ts";

/** The API as the pages ask for it. */
export interface Destination {
  /** Whether this is an address of the API. */
  isMeant(url: URL): boolean;
  /** Path and query as the mock knows them. */
  pathOf(url: URL): string;
}

/** The API below this address or, for a path, below it on any origin; by default at the root of any origin. */
export function destination(baseUrl = "/"): Destination {
  const isPath = baseUrl.startsWith("/");
  if (!isPath && !URL.canParse(baseUrl)) throw new Error(`baseUrl is "${baseUrl}", neither an address nor a path`);
  const { origin, pathname } = new URL(baseUrl, "http://any.test");
  const prefix = pathname.replace(/\/+$/, "");
  return {
    isMeant: (url) =>
      (isPath || url.origin === origin) &&
      API_BASE_PATHS.some((path) => `${url.pathname}/`.startsWith(`${prefix}${path}/`)),
    pathOf: ({ pathname: path, search }) => path.slice(prefix.length) + search,
  };
}

/** Answers the request as the mock does; `gone` ends what hangs or is slow when the test is over. */
export async function answerFrom(mock: Mock, path: string, route: Route, gone: () => AbortSignal): Promise<void> {
  const asked = route.request();
  const method = asked.method();
  const headers = await asked.allHeaders();
  const body = asked.postDataBuffer();
  const url = new URL(path, asked.url());
  const plain = await toPlain(
    new Request(url, { method, headers, ...(body === null ? {} : { body: new Uint8Array(body) }) }),
  );
  const answer = preflight(method, headers) ?? (await mock.answer({ ...plain, gone }));
  await fulfil(route, answer, headers["origin"]);
}

/** A route answers as a whole or not at all, so an answer that is cut off is none either. */
async function fulfil(route: Route, { status, headers, body, transport }: PlainResponse, origin = ""): Promise<void> {
  if (transport !== undefined) return route.abort("connectionreset");
  await route.fulfill({ status, headers: { ...headers, ...(origin === "" ? {} : corsHeaders(origin)) }, body });
}

/** Sends the request on with these headers, and hands back what comes; a connection that fails there fails here. */
export async function sendOn(address: string, headers: Record<string, string>, route: Route): Promise<void> {
  try {
    const response = await route.fetch({ url: address, headers, maxRedirects: 0, timeout: 0 });
    await route.fulfill({ response });
  } catch {
    await route.abort("connectionreset").catch(() => {
      // The page is gone, and what came with it: nobody waits for this any more.
    });
  }
}

/** What names the application, and with it the sandbox. */
const CLIENT_ID_HEADERS: ReadonlySet<string> = new Set(["x-client-id", "x-authing-app-id", "x-genauth-app-id"]);

/** The application's own id becomes that of the sandbox; any other, or none, stays what it is and is refused. */
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
