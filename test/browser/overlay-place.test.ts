/** The overlay's place in the page: there is one, it can be reached, and it is removed completely. */
import type { BrowserContext, Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import type { OverlayOptions } from "../../mocks/ui/overlay/overlay.ts";
import { visitor } from "../support/browser/browser.ts";
import { answerTo, opened, overlayHtml, overlayMain, overlayOf } from "../support/browser/overlay-page.ts";
import { person } from "../support/browser/overlay-person.ts";
import { type ServedPage, servePage } from "../support/browser/served-page.ts";
import { PROJECT } from "../support/package/scratch.ts";

let served: ServedPage;

beforeAll(async () => {
  served = await servePage(overlayMain, { html: overlayHtml });
});

test("a second overlay replaces the first, even from another copy of the module", async (context) => {
  const { page, host } = await person(context, served);
  await page.evaluate(() => {
    window.overlay = window.showOverlay(window.mock);
  });
  const copy = `/@fs${PROJECT}mocks/ui/overlay/overlay.ts?copy`;
  await page.evaluate(`import("${copy}").then(({ showOverlay }) => showOverlay(mock, { open: true }))`);
  expect(await host.count()).toBe(1);
  await answerTo(page);
  await overlayOf(page).button(/^Copy/).waitFor();
});

test("an unknown option is refused, and the existing overlay stays", async (context) => {
  const { page, host } = await person(context, served);
  const refused = (options: unknown) =>
    page.evaluate((wrong) => {
      try {
        window.showOverlay(window.mock, wrong as OverlayOptions);
        return "shown";
      } catch (error) {
        return String(error);
      }
    }, options);
  expect(await refused({ corner: "middle" })).toBe(
    "TypeError: corner must be one of bottom-right, bottom-left, top-right, top-left, not middle",
  );
  expect(await refused({ language: "fr" })).toBe("TypeError: language must be one of en, zh, not fr");
  expect(await host.count()).toBe(1);
});

test.for(["bottom-right", "bottom-left", "top-right", "top-left"] as const)(
  "the overlay is in the given corner: %s",
  async (corner, context) => {
    const { page, badge } = await person(context, served, { corner, open: true });
    const box = await badge.boundingBox();
    const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
    expect(box).toMatchObject({
      x: corner.endsWith("left") ? 12 : width - 44 - 12,
      y: corner.startsWith("top") ? 12 : height - 44 - 12,
    });
  },
);

test("a removed overlay leaves no element, listener, timer or subscription", async (context) => {
  const { newPage, context: browser } = await visitor(context);
  const page = await newPage();
  await page.addInitScript(() => {
    const running = new Set<unknown>();
    const { setTimeout: start, clearTimeout: stop } = window;
    Object.assign(window, {
      running,
      setTimeout: (work: () => void, ms: number) => {
        const id = start(() => {
          running.delete(id);
          work();
        }, ms);
        running.add(id);
        return id;
      },
      clearTimeout: (id: number) => {
        running.delete(id);
        stop(id);
      },
    });
  });
  await opened(page, served);
  await answerTo(page);
  await page.evaluate(() => window.overlay.remove());
  const listeners = await listenersOf(browser, page);
  const runningTimers = () => page.evaluate(() => (Reflect.get(window, "running") as Set<unknown>).size);
  await expect.poll(runningTimers).toBe(0);

  await page.evaluate(() => {
    let listening = 0;
    const subscribe: typeof window.mock.subscribe = (listener) => {
      const end = window.mock.subscribe(listener);
      listening++;
      return () => {
        listening--;
        end();
      };
    };
    Object.assign(window, { listening: () => listening });
    window.overlay = window.showOverlay({ ...window.mock, subscribe }, { open: true });
  });
  await overlayOf(page).region.getByText("5:00 left").waitFor();
  await expect.poll(runningTimers).toBe(1);
  expect(await listenersOf(browser, page)).not.toEqual(listeners);
  await page.evaluate(() => {
    window.overlay.remove();
    window.overlay.remove();
    document.body.append(document.createElement("hr"));
  });
  await frames(page);
  expect(await page.locator("ciam-testkit-overlay").count()).toBe(0);
  expect(await runningTimers()).toBe(0);
  expect(await listenersOf(browser, page)).toEqual(listeners);
  expect(await page.evaluate(() => Reflect.get(window, "listening")())).toBe(0);
});

test("the overlay returns after the page replaces its body or the body's content", async (context) => {
  const { page, badge } = await person(context, served, { open: true });
  await page.evaluate(() => document.body.replaceChildren());
  await badge.waitFor();
  await page.evaluate(() => {
    document.body = document.createElement("body");
  });
  await badge.waitFor();
  await badge.click();
  expect(await badge.getAttribute("aria-expanded")).toBe("false");
});

test("called before the page is parsed, the overlay is added at the end of the body", async (context) => {
  const { newPage } = await visitor(context);
  const page = await newPage();
  let release = () => {};
  const called = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/slow.js", async (route) => {
    await called;
    await route.fulfill({ contentType: "text/javascript", body: "" });
  });
  const html = overlayHtml
    .replace('<script type="module" src="main.js"', '<script type="module" async src="main.js"')
    .replace("</form>", '</form><script src="/slow.js"></script>');
  await page.route(served.url, async (route) => route.fulfill({ contentType: "text/html", body: html }));
  await page.goto(served.url, { waitUntil: "commit" });
  await page.waitForFunction(() => window.overlay !== undefined);
  expect(await page.evaluate(() => document.readyState)).toBe("loading");
  expect(await page.locator("ciam-testkit-overlay").count()).toBe(0);
  release();
  await overlayOf(page).badge.waitFor();
  expect(await page.evaluate(() => document.body.lastElementChild?.localName)).toBe("ciam-testkit-overlay");
});

test("while a modal dialog of the page is open the overlay works and does not close it", async (context) => {
  const { page, badge, region, button } = await person(context, served);
  await page.evaluate(() => {
    const dialog = document.createElement("dialog");
    dialog.style.cssText = "transform: scale(1); overflow: hidden; width: 200px";
    dialog.append(document.createElement("input"));
    document.querySelector("main")?.append(dialog);
    dialog.showModal();
  });
  await page.locator("dialog ciam-testkit-overlay").waitFor();
  expect(await page.evaluate(() => document.activeElement?.localName)).toBe("input");
  await badge.click();
  await button("+1 min").click();
  await region.getByText("1:00 ahead of real time").waitFor();
  await page.keyboard.press("Escape");
  expect(await badge.getAttribute("aria-expanded")).toBe("false");
  expect(await page.locator("dialog").evaluate((dialog: HTMLDialogElement) => dialog.open)).toBe(true);

  await page.keyboard.press("Escape");
  await page.locator("body > ciam-testkit-overlay").waitFor();
  expect(await page.locator("dialog").evaluate((dialog: HTMLDialogElement) => dialog.open)).toBe(false);
  await badge.click();
  await region.getByText("1:00 ahead of real time").waitFor();
});

test("the overlay stays when an open dialog is removed from the page", async (context) => {
  const { page, badge } = await person(context, served);
  await page.evaluate(() => {
    const dialog = document.createElement("dialog");
    document.querySelector("main")?.append(dialog);
    dialog.showModal();
  });
  await page.locator("dialog ciam-testkit-overlay").waitFor();
  await page.evaluate(() => document.querySelector("dialog")?.remove());
  await page.locator("body > ciam-testkit-overlay").waitFor();
  await badge.click();
});

/** The types of all event listeners at the window, the document and its body. */
async function listenersOf(browser: BrowserContext, page: Page): Promise<string[]> {
  const session = await browser.newCDPSession(page);
  const types: string[] = [];
  for (const expression of ["window", "document", "document.documentElement", "document.body"]) {
    const { result } = await session.send("Runtime.evaluate", { expression });
    const { listeners } = await session.send("DOMDebugger.getEventListeners", { objectId: result.objectId ?? "" });
    types.push(...listeners.map(({ type }) => `${expression} ${type}`));
  }
  await session.detach();
  return types.sort();
}

/** Two frames later, after everything that waits for one frame. */
async function frames(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(undefined)))),
  );
}
