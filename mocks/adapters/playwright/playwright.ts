/**
 * `ciam-testkit/playwright`: a sandbox of its own for each test, and the requests of the test's pages on their way to it. Knows
 * Playwright; nothing of CIAM.
 */
import { type BrowserContext, test as base, type Route } from "@playwright/test";
import { connect } from "../../client/client.ts";
import type { Sandbox } from "../../client/sandbox.ts";
import { createMock, DEFAULT_CLIENT_ID } from "../../mock.ts";
import { type Helpers, helpers } from "./helpers.ts";
import { formatJournal } from "./journal-text.ts";
import { answerFrom, destination, sendOn, withClientId } from "./page-requests.ts";

export { expect } from "@playwright/test";

export interface CiamOptions {
  /** Where a mock runs, such as `http://127.0.0.1:4010`; by default the mock runs in the test's own process. */
  readonly server?: string | undefined;
  /** Needed where the server was started with one. */
  readonly controlToken?: string | undefined;
  /** The client id that the app under test sends; by default the one that the documents show. */
  readonly clientId?: string | undefined;
  /** Where the app believes the API to be, such as `https://idp.example.com` or `/idp`; by default on any origin. */
  readonly baseUrl?: string | undefined;
}

export interface Ciam extends Sandbox, Helpers {
  /** A request to the API from the test itself, by path: those of `page.request` are none of the page's, and pass by. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Brings the requests of a context that the test has made itself to the sandbox; those of `context` and `page` are. */
  route(context: BrowserContext): Promise<void>;
}

export interface CiamFixtures {
  readonly ciamOptions: CiamOptions;
  readonly ciam: Ciam;
}

/** A sandbox that nobody else has, and the ways to it. */
interface World {
  readonly sandbox: Sandbox;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Answers a page's request for this path. */
  answer(path: string, route: Route): Promise<void>;
  close(): Promise<void>;
}

/** Playwright's `test` with the fixture `ciam`; `mergeTests` joins it with fixtures of one's own. */
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
        await context.route(isMeant, (route) => world.answer(pathOf(new URL(route.request().url())), route));
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
    // What is under way when the test ends may fail; that is no failure of the test.
    await context.unrouteAll({ behavior: "ignoreErrors" });
  },
});

/** A mock of this test alone, which knows the app by the id that it sends. */
function worldHere({ clientId = DEFAULT_CLIENT_ID }: CiamOptions): World {
  const mock = createMock({ clientId });
  const over = new AbortController();
  return {
    sandbox: mock,
    fetch: (path, init) => mock.fetch(new URL(path, "http://ciam.test"), init),
    answer: (path, route) => answerFrom(mock, path, route, () => over.signal),
    close: async () => over.abort(),
  };
}

/** A sandbox of this test alone on a server that others use as well: the id that the app sends becomes the sandbox's. */
async function worldAt(server: string, { controlToken, clientId = DEFAULT_CLIENT_ID }: CiamOptions): Promise<World> {
  const url = server.replace(/\/+$/, "");
  const { sandboxes } = connect({ url, ...(controlToken === undefined ? {} : { controlToken }) });
  const sandbox = await sandboxes.create();
  const own = (headers: Record<string, string>) => withClientId(headers, clientId, sandbox.clientId);
  return {
    sandbox,
    fetch: (path, init = {}) =>
      fetch(url + path, { ...init, headers: own(Object.fromEntries(new Headers(init.headers))) }),
    answer: async (path, route) => sendOn(url + path, own(await route.request().allHeaders()), route),
    close: async () => sandboxes.delete(sandbox.clientId),
  };
}
