/** Takes the picture of the overlay for docs/. A rerun gives the same picture. */
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { CHROMIUM_FLAGS, chromiumPath } from "../support/browser/chromium.ts";
import { answerTo, opened, overlayHtml, overlayMain, overlayOf } from "../support/browser/overlay-page.ts";
import { startOwnPages } from "../support/browser/served-page.ts";

const FOLDER = new URL("../../docs/images/", import.meta.url);

/** The page's own style, so that the picture separates page and overlay. */
const LOOKS = `
body { font: 16px system-ui, sans-serif; margin: 0; background: #eef1f5; color: #223; }
main { margin: 48px auto 48px 72px; width: 300px; padding: 24px; background: #fff; border-radius: 12px; }
h1 { font-size: 22px; margin: 0 0 16px; }
input, form button { font: inherit; width: 100%; box-sizing: border-box; padding: 8px; margin: 4px 0 12px; }`;

if (chromiumPath === undefined) throw new Error("there is no Chromium: install it, or set CHROMIUM_PATH");
await mkdir(FOLDER, { recursive: true });
const pages = await startOwnPages();
const served = await pages.add(overlayMain, {
  html: overlayHtml.replace(/<link[^>]*>/, `<style>${LOOKS}</style>`),
});
const browser = await chromium.launch({ executablePath: chromiumPath, args: CHROMIUM_FLAGS });
const context = await browser.newContext({
  viewport: { width: 840, height: 680 },
  colorScheme: "light",
  locale: "en-US",
});
const page = await opened(await context.newPage(), served, { open: true });
const { region, button } = overlayOf(page);
await answerTo(page);
await button("+1 min").click();
await region.getByLabel("Operation").selectOption("updateMobile");
await region.getByLabel("Error").selectOption("Phone number already exists (IDAAS.SDK.USER.0035)");
await button("Schedule fault").click();
await button(/^Remove/).waitFor();
await page.getByRole("button", { name: "Send code" }).hover();
await page.screenshot({ path: fileURLToPath(new URL("overlay.png", FOLDER)) });
await browser.close();
await pages.close();
