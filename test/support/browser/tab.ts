/** A browser tab in which a test creates mocks and stores, and its output. */
import type { Page } from "playwright-core";
import type * as browser from "../../../mocks/adapters/browser.ts";
import type * as main from "../../../mocks/index.ts";
import type { Mock, MockOptions, Store } from "../../../mocks/index.ts";
import type * as support from "../mock/api.ts";
import { PROJECT } from "../package/scratch.ts";
import type { Visitor } from "./browser.ts";
import type * as raw from "./raw-database.ts";

/** The globals of the page under this name. */
type Testkit = typeof main & typeof browser & typeof support & typeof raw & { opened(options?: MockOptions): Mock };

declare global {
  var testkit: Testkit;
  /** A store that a test works with, from `storeIn`. */
  var store: Store;
  var mock: Mock;
}

/** The module of the page. `opened` creates a mock over the browser's store that prints its messages. */
export const TAB_MODULE = `
import * as main from "ciam-testkit";
import * as browser from "ciam-testkit/browser";
import * as support from "/@fs${PROJECT}test/support/mock/api.ts";
import * as raw from "/@fs${PROJECT}test/support/browser/raw-database.ts";
const opened = (options) => {
  globalThis.mock = main.createMock({ store: browser.browserStore(), ...options });
  browser.logMessages(mock);
  return mock;
};
globalThis.testkit = { ...main, ...browser, ...support, ...raw, opened };
`;

/** The same for tests that use stores only. */
export const STORE_MODULE = `
import * as browser from "ciam-testkit/browser";
globalThis.testkit = browser;
`;

export interface Tab {
  readonly page: Page;
  /** Everything that the package has printed at any level since the tab was opened. */
  readonly printed: string[];
  reload(): Promise<void>;
}

export async function openTab(visitor: Visitor, url: string): Promise<Tab> {
  const page = await visitor.newPage();
  const printed: string[] = [];
  page.on("console", (line) => {
    if (line.text().startsWith("[ciam-testkit]")) printed.push(`${line.type()}: ${line.text().slice(15)}`);
  });
  const ready = async () => void (await page.waitForFunction("globalThis.testkit"));
  // From here on the tab gets updates of its modules.
  const connected = page.waitForEvent("console", (line) => line.text() === "[vite] connected.");
  await page.goto(url);
  await Promise.all([connected, ready()]);
  return {
    page,
    printed,
    async reload() {
      await page.reload();
      await ready();
    },
  };
}

/** The page's store as a store for mocks and tests outside. It sends no events. */
export async function storeIn(page: Page, name = "ciam-testkit"): Promise<Store> {
  await page.evaluate((own) => {
    globalThis.store = testkit.browserStore({ name: own });
  }, name);
  const far =
    (method: string) =>
    (...input: unknown[]) =>
      page.evaluate(
        // The name of the function is known at run time only.
        ([call, given]) => (store as unknown as Record<string, (...all: unknown[]) => unknown>)[call]?.(...given),
        [method, input] as const,
      );
  const methods = ["get", "commit", "tail", "drop", "sandboxes", "dump", "load"];
  // The list names every function of a store; fromEntries cannot know that.
  return Object.fromEntries(methods.map((method) => [method, far(method)])) as unknown as Store;
}
