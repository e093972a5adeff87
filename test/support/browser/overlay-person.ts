/** A person who uses the page with the overlay. */
import type { BrowserContextOptions } from "playwright-core";
import type { TestContext } from "vitest";
import type { OverlayOptions } from "../../../mocks/ui/overlay/overlay.ts";
import { visitor } from "./browser.ts";
import { opened, overlayOf } from "./overlay-page.ts";
import type { ServedPage } from "./served-page.ts";

export async function person(
  context: TestContext,
  served: ServedPage,
  options: OverlayOptions = {},
  browserOptions: BrowserContextOptions = {},
) {
  const { newPage, context: browser } = await visitor(context, browserOptions);
  const page = await opened(await newPage(), served, options);
  return { page, browser, host: page.locator("ciam-testkit-overlay"), ...overlayOf(page) };
}
