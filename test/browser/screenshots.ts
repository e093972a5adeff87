/** Takes the pictures of the inspector for docs/: `npm run screenshots`. Reruns differ at most in a few edge pixels. */
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type BrowserContextOptions, chromium } from "playwright-core";
import { serve } from "../../mocks/adapters/node/server.ts";
import { CHROMIUM_FLAGS, chromiumPath } from "../support/browser/chromium.ts";
import { demoMock } from "../support/browser/demo-mock.ts";

interface Picture {
  readonly name: string;
  readonly view: string;
  readonly options: BrowserContextOptions;
  /** Opens the newest refused entry of the journal. */
  readonly isOpen?: boolean;
}

const DESKTOP = { width: 1280, height: 640 };
const PHONE = { width: 390, height: 780 };

const pictures: readonly Picture[] = [
  { name: "inbox", view: "inbox", options: { viewport: DESKTOP, colorScheme: "light", locale: "en-US" } },
  {
    name: "journal-zh",
    view: "journal",
    options: { viewport: DESKTOP, colorScheme: "dark", locale: "zh-CN" },
    isOpen: true,
  },
  { name: "catalogue", view: "catalogue", options: { viewport: DESKTOP, colorScheme: "light", locale: "en-US" } },
  { name: "phone", view: "inbox", options: { viewport: PHONE, colorScheme: "dark", locale: "en-US" } },
];

const FOLDER = new URL("../../docs/images/", import.meta.url);

if (chromiumPath === undefined) throw new Error("there is no Chromium: install it, or set CHROMIUM_PATH");
await mkdir(FOLDER, { recursive: true });
const browser = await chromium.launch({ executablePath: chromiumPath, args: CHROMIUM_FLAGS });
for (const { name, view, options, isOpen = false } of pictures) {
  // No picture shows the address, so any free port will do.
  const server = await serve(await demoMock(), { port: 0 });
  const context = await browser.newContext({ ...options, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(`${server.url}/__testkit/#view=${view}`);
  await page.locator("[data-state=live]").waitFor();
  await page.locator("main li").first().waitFor();
  if (isOpen) {
    await page.locator("summary", { hasText: "code-expired" }).click();
    await page.locator(".exchange-details").waitFor();
  }
  if (view === "catalogue") await page.getByRole("searchbox").fill("updateMobile");
  await page.locator("h1").focus();
  await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, FOLDER)) });
  await context.close();
  await server.close();
}
await browser.close();
