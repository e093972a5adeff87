/** `ciam-testkit/msw`: the mock as handlers for `setupServer` and `setupWorker` of msw 2.14+ and 3. Knows msw and `fetch` only. */
import { type HttpHandler, http } from "msw";
import { toPlain, toResponse } from "../http/fetch.ts";
import type { Mock } from "../mock.ts";

export interface HandlerOptions {
  /** Where the page believes the API to be, such as `https://idp.example.com` or `/idp`; by default any origin. */
  readonly baseUrl?: string;
}

/**
 * Handlers that answer the API and the control protocol below `baseUrl`, whatever the path: what is not emulated gets the mock's
 * 404 with the closest match. Other paths are left to other handlers.
 */
export function handlers(mock: Mock, { baseUrl = "*" }: HandlerOptions = {}): HttpHandler[] {
  const base = baseUrl.replace(/\/+$/, "");
  const prefix = pathOf(base);
  return mock.basePaths.flatMap((path) =>
    [`${base}${path}`, `${base}${path}/*`].map((pattern) =>
      http.all(pattern, async ({ request }) => {
        const plain = await toPlain(request);
        return toResponse(await mock.answer({ ...plain, path: plain.path.slice(prefix.length) }));
      }),
    ),
  );
}

/** The path that the base address has of its own. */
function pathOf(base: string): string {
  if (base === "*") return "";
  return URL.canParse(base) ? new URL(base).pathname.replace(/\/$/, "") : base;
}
