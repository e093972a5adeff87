/** `ciam-testkit/msw`: the mock as handlers for `setupServer` and `setupWorker` of msw 2.14+ and 3. Knows msw and `fetch` only. */
import { type HttpHandler, http } from "msw";
import { toPlain, toResponse } from "../http/fetch.ts";
import type { Mock } from "../mock.ts";

export interface HandlerOptions {
  /** The address at which the page expects the API, such as `https://idp.example.com` or `/idp`; by default any origin. */
  readonly baseUrl?: string;
}

/**
 * Handlers for the API and the control protocol below `baseUrl`. Unknown paths below it get the mock's 404 with the closest
 * match. Other paths are left to other handlers.
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

/** The path of the base address. */
function pathOf(base: string): string {
  if (base === "*") return "";
  return URL.canParse(base) ? new URL(base).pathname.replace(/\/$/, "") : base;
}
