/**
 * `ciam-testkit/playwright`: a fixture with a separate sandbox for each test. The API requests of the test's pages go there.
 */
import { type BrowserContext, test as base, type Route } from "@playwright/test";
import { connect } from "../../client/client.ts";
import type { Sandbox } from "../../client/sandbox.ts";
import { createMock, DEFAULT_CLIENT_ID } from "../../mock.ts";
import { type Helpers, helpers } from "./helpers.ts";
import { formatJournal } from "./journal-text.ts";
import { destination, fulfilFrom, sendOn, withClientId } from "./page-requests.ts";

export { expect } from "@playwright/test";

export interface CiamOptions {
  /** The address of a mock, such as `http://127.0.0.1:4010`; by default the mock runs in the test's own process. */
  readonly server?: string | undefined;
  /** Required if the server was started with a control token. */
  readonly controlToken?: string | undefined;
  /** The client id that the app under test sends; by default the one in the vendor's documentation. */
  readonly clientId?: string | undefined;
  /** The address at which the app expects the API, such as `https://idp.example.com` or `/idp`; by default any origin. */
  readonly baseUrl?: string | undefined;
}

export interface Ciam extends Sandbox, Helpers {
  /** Sends a request of the test itself to the API, by path. Requests of `page.request` do not reach the sandbox. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Sends the API requests of this context to the sandbox. The fixtures `context` and `page` do so already. */
  route(context: BrowserContext): Promise<void>;
}

export interface CiamFixtures {
  readonly ciamOptions: CiamOptions;
  readonly ciam: Ciam;
}

/** The sandbox of one test, and how requests get there. */
interface World {
  readonly sandbox: Sandbox;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Fulfils a page's request for this path. */
  fulfil(path: string, route: Route): Promise<void>;
  close(): Promise<void>;
}

/** Playwright's `test` with the fixture `ciam`. Combine it with your own fixtures by `mergeTests`. */
export const test = base.extend<CiamFixtures>({
  ciamOptions: [{}, { option: true }],

  ciam: async ({ ciamOptions }, use, testInfo) => {
    const { server, baseUrl } = ciamOptions;
    const { isMeant, pathOf } = destination(baseUrl);
    const world = server === undefined ? worldHere(ciamOptions) : await worldAt(server, ciamOptions);
    await use({
      ...world.sandbox,
      ...helpers(world.sandbox),
      fetch: world.fetch,
      async route(context) {
        await context.route(isMeant, (route) => world.fulfil(pathOf(new URL(route.request().url())), route));
      },
    });
    if (testInfo.status !== testInfo.expectedStatus) {
      const body = formatJournal(await world.sandbox.requests.list());
      await testInfo.attach("ciam requests", { body, contentType: "text/plain" });
    }
    await world.close();
  },

  context: async ({ context, ciam }, use) => {
    await ciam.route(context);
    await use(context);
    // Requests that are still open at the end of the test may fail. The test must not fail for that.
    await context.unrouteAll({ behavior: "ignoreErrors" });
  },
});

/** A mock for this test only. Its default sandbox has the client id that the app sends. */
function worldHere({ clientId = DEFAULT_CLIENT_ID }: CiamOptions): World {
  const mock = createMock({ clientId });
  const over = new AbortController();
  return {
    sandbox: mock,
    fetch: (path, init) => mock.fetch(new URL(path, "http://ciam.test"), init),
    fulfil: (path, route) => fulfilFrom(mock, path, route, () => over.signal),
    close: async () => over.abort(),
  };
}

/** A sandbox for this test on a shared server. The client id that the app sends is replaced by that of the sandbox. */
async function worldAt(server: string, { controlToken, clientId = DEFAULT_CLIENT_ID }: CiamOptions): Promise<World> {
  const url = server.replace(/\/+$/, "");
  const { sandboxes } = connect({ url, ...(controlToken === undefined ? {} : { controlToken }) });
  const sandbox = await sandboxes.create();
  const own = (headers: Record<string, string>) => withClientId(headers, clientId, sandbox.clientId);
  return {
    sandbox,
    fetch: (path, init = {}) => {
      // As in this process: of an address only the path counts. No text can name another host.
      const { pathname, search } = new URL(path, "http://ciam.test");
      return fetch(url + pathname + search, { ...init, headers: own(Object.fromEntries(new Headers(init.headers))) });
    },
    fulfil: async (path, route) => sendOn(url + path, own(await route.request().allHeaders()), route),
    close: async () => sandboxes.delete(sandbox.clientId),
  };
}
