/** Chromium behind Playwright's server, to which the test files of a worker connect. */
import { chromium } from "playwright-core";
import { CHROMIUM_FLAGS, chromiumPath } from "../browser/chromium.ts";

export interface LaunchedBrowser {
  readonly endpoint: string;
  close(): Promise<void>;
}

export async function launchedBrowser(): Promise<LaunchedBrowser> {
  if (chromiumPath === undefined) throw new Error("there is no Chromium: install it, or set CHROMIUM_PATH");
  const server = await chromium.launchServer({ executablePath: chromiumPath, args: CHROMIUM_FLAGS });
  return { endpoint: server.wsEndpoint(), close: () => server.close() };
}
