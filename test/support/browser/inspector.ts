/** The inspector of a mock, opened by a person. */
import type { BrowserContextOptions, Page } from "playwright-core";
import type { TestContext } from "vitest";
import type { ServeOptions } from "../../../mocks/adapters/node/server.ts";
import type { Mock } from "../../../mocks/index.ts";
import { served } from "../mock/served.ts";
import { visitor } from "./browser.ts";

interface Visit {
  /** The part after # in the address: the view and the sandbox. */
  readonly at?: string;
  readonly browser?: BrowserContextOptions;
  readonly server?: ServeOptions;
}

/** Opens it in its own browser, in English, and waits until it is live. The clipboard may be used. */
export async function inspected(context: TestContext, mock: Mock, { at = "", browser = {}, server = {} }: Visit = {}) {
  const { url } = await served(mock, server);
  const { context: tabs } = await visitor(context, { locale: "en-US", ...browser });
  await tabs.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await tabs.newPage();
  await page.goto(`${url}/__testkit/#${at}`);
  await page.locator("[data-state]:not([data-state=connecting])").waitFor();
  return { page, url, tabs };
}

export function clipboard(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}

/** The rows or cards of the view, each as one line of text. */
export async function shown(page: Page, selector = "main li:visible"): Promise<string[]> {
  const texts = await page.locator(selector).allInnerTexts();
  return texts.map((text) => text.replace(/\s+/g, " ").trim());
}

export function press(page: Page, name: string | RegExp): Promise<void> {
  return page.getByRole("button", typeof name === "string" ? { name, exact: true } : { name }).click();
}
