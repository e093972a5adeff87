/** The overlay and the page that it is in: neither disturbs the other. */
import { beforeAll, expect, type TestContext, test } from "vitest";
import type { OverlayOptions } from "../../mocks/hosts/overlay.ts";
import { visitor } from "../support/browser.ts";
import { answerTo, opened, overlayHtml, overlayMain, overlayOf } from "../support/overlay-page.ts";
import { PROJECT } from "../support/scratch.ts";
import { type ServedPage, servePage } from "../support/served-page.ts";

/** No inline style, no eval, no markup that a script makes. */
const STRICT =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ws:; require-trusted-types-for 'script'; trusted-types";

const HOSTILE = `
* { color: red !important; font-size: 40px !important; margin: 30px !important; opacity: 0.1 !important; direction: rtl !important;
  text-transform: uppercase !important; pointer-events: none !important; --ink: red !important; transform: scale(2) !important; }
:root { font-size: 40px; }
ciam-testkit-overlay { display: none !important; position: static !important; z-index: -1 !important; }
button, select, fieldset, ul, p { background: red !important; border: 9px solid red !important; }`;

let served: ServedPage;
let strict: ServedPage;

beforeAll(async () => {
  served = await servePage(overlayMain, { html: overlayHtml });
  strict = await servePage(overlayMain, { html: overlayHtml, headers: { "content-security-policy": STRICT } });
});

async function person(context: TestContext, options: OverlayOptions = {}, at = served) {
  const { newPage, context: browser } = await visitor(context);
  const page = await opened(await newPage(), at, options);
  return { page, browser, host: page.locator("ciam-testkit-overlay"), ...overlayOf(page) };
}

type Page = Awaited<ReturnType<typeof person>>["page"];

test("it works under a content security policy that allows nothing inline, and breaks no rule of it", async (context) => {
  const { newPage } = await visitor(context);
  const page = await newPage();
  await page.addInitScript(() => {
    const broken: string[] = [];
    Object.assign(window, { broken });
    document.addEventListener("securitypolicyviolation", (event) => broken.push(event.violatedDirective));
  });
  const { region, button, badge } = overlayOf(await opened(page, strict));
  await badge.click();
  await answerTo(page);
  await button(/^Expire now/).click();
  await region.getByText("expired", { exact: true }).waitFor();
  await button("Let it fail").click();
  await button(/^Remove/).waitFor();
  expect(await badge.evaluate((element) => getComputedStyle(element).borderRadius)).toBe("22px");
  expect(await page.evaluate(() => Reflect.get(window, "broken"))).toEqual([]);
});

test("the page's styles do not reach it, however important they are", async (context) => {
  const { page, region } = await person(context, { open: true });
  await answerTo(page);
  await region.getByText("5:00 left").waitFor();
  const before = await stylesInside(page);
  expect(before.length).toBeGreaterThan(40);
  await page.evaluate((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
  }, HOSTILE);
  expect(await page.getByRole("heading").evaluate((element) => getComputedStyle(element).color)).toBe("rgb(255, 0, 0)");
  expect(await stylesInside(page)).toEqual(before);
});

test("it changes neither the styles nor the places of what is in the page", async (context) => {
  const { page } = await person(context);
  await page.evaluate(() => window.overlay.remove());
  const before = await stylesOutside(page);
  await page.evaluate(() => {
    window.overlay = window.showOverlay(window.mock, { open: true });
  });
  await overlayOf(page).region.getByText("Real time").waitFor();
  expect(await stylesOutside(page)).toEqual(before);
});

test("closed, it reads nothing of the mock, asks for nothing, prints nothing and leaves the focus alone", async (context) => {
  const { page, badge } = await person(context);
  await answerTo(page);
  const heard: string[] = [];
  page.on("request", (request) => heard.push(request.url()));
  page.on("console", (message) => heard.push(message.text()));
  await page.getByLabel("New number").focus();
  await page.evaluate(async () => {
    const { mock } = window;
    const called: string[] = [];
    const counted = <T extends object>(calls: T): T =>
      new Proxy(calls, {
        get: (target, name) => {
          called.push(String(name));
          return Reflect.get(target, name);
        },
      });
    const { messages, clock, faults, catalogue } = mock;
    const watched = {
      messages: counted(messages),
      clock: counted(clock),
      faults: counted(faults),
      catalogue: counted(catalogue),
    };
    Object.assign(window, { called });
    window.overlay = window.showOverlay({ ...mock, ...watched });
    // So that another code may be sent.
    window.real.advance(60_000);
    document.querySelector("form")?.requestSubmit();
  });
  await expect.poll(() => badge.textContent()).toBe("1");
  expect(await page.evaluate(() => Reflect.get(window, "called"))).toEqual([]);
  expect(heard).toEqual([]);
  expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("mobile");
});

test("the page's shortcuts hear what is pressed in the page, and not what is pressed in the overlay", async (context) => {
  const { page, badge, region } = await person(context);
  await badge.press("Enter");
  await region.getByLabel("Operation").press("u");
  await badge.press("Escape");
  expect(await page.evaluate(() => window.keys)).toEqual([]);
  await page.getByLabel("New number").press("u");
  expect(await page.evaluate(() => window.keys)).toEqual(["u"]);
});

test("a second overlay takes the place of the first, even one from another copy of the module", async (context) => {
  const { page, host } = await person(context);
  await page.evaluate(() => {
    window.overlay = window.showOverlay(window.mock);
  });
  const copy = `/@fs${PROJECT}mocks/hosts/overlay.ts?copy`;
  await page.evaluate(`import("${copy}").then(({ showOverlay }) => showOverlay(mock, { open: true }))`);
  expect(await host.count()).toBe(1);
  await answerTo(page);
  expect(await overlayOf(page).region.getByRole("button", { name: /^Copy/ }).count()).toBe(1);
});

test("an option that does not exist is refused, and the overlay that is there stays", async (context) => {
  const { page, host } = await person(context);
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
    "TypeError: corner: middle is none of bottom-right, bottom-left, top-right, top-left",
  );
  expect(await refused({ language: "fr" })).toBe("TypeError: language: fr is none of en, zh");
  expect(await host.count()).toBe(1);
});

test.for(["bottom-right", "bottom-left", "top-right", "top-left"] as const)(
  "it stands in the corner that was asked for: %s",
  async (corner, context) => {
    const { page, badge } = await person(context, { corner, open: true });
    const box = await badge.boundingBox();
    const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
    expect(box).toMatchObject({
      x: corner.endsWith("left") ? 12 : width - 44 - 12,
      y: corner.startsWith("top") ? 12 : height - 44 - 12,
    });
  },
);

test("removed, it leaves nothing behind: no element, listener, timer or subscription", async (context) => {
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

test("a page that replaces what is in its body, or the body itself, gets the overlay again", async (context) => {
  const { page, badge } = await person(context, { open: true });
  await page.evaluate(() => document.body.replaceChildren());
  await badge.waitFor();
  await page.evaluate(() => {
    document.body = document.createElement("body");
  });
  await badge.waitFor();
  await badge.click();
  expect(await badge.getAttribute("aria-expanded")).toBe("false");
});

test("called before the page is parsed, it comes at the end of the body when the page is", async (context) => {
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
    .replace('<script type="module"', '<script type="module" async')
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

test("while a modal dialog of the page is open it can be used all the same, and does not close it", async (context) => {
  const { page, badge, region, button } = await person(context);
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

test("a dialog that is taken out of the page while it is open leaves the overlay in the page", async (context) => {
  const { page, badge } = await person(context);
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

test("in a page that can be edited as a whole it is used and not edited", async (context) => {
  const { page, badge, region } = await person(context);
  await page.evaluate(() => {
    document.designMode = "on";
  });
  await badge.click();
  await region.getByText("Real time").click();
  const before = await region.innerText();
  await page.keyboard.type("x");
  await page.keyboard.press("Backspace");
  expect(await region.innerText()).toBe(before);
});

test("it is not printed", async (context) => {
  const { page, badge } = await person(context, { open: true });
  await page.emulateMedia({ media: "print" });
  expect(await badge.isVisible()).toBe(false);
});

test("at a phone's width it fits, and leaves the upper part of the page free", async (context) => {
  const { page, region } = await person(context, { open: true });
  await page.setViewportSize({ width: 320, height: 568 });
  await answerTo(page);
  await region.getByText("5:00 left").waitFor();
  const box = await region.boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect(box?.y).toBeGreaterThan(568 * 0.3);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
});

/** The computed style of each element in the overlay, and where it is. */
function stylesInside(page: Page): Promise<unknown[]> {
  return page.evaluate(() => {
    const host = document.querySelector("ciam-testkit-overlay");
    return [host, ...(host?.shadowRoot?.querySelectorAll("*") ?? [])].map((element) => {
      if (element === null) return [];
      const style = getComputedStyle(element);
      // What the page names itself is its own; what a property is worth shows in the others.
      const names = [...style].filter((name) => !name.startsWith("--"));
      return [element.localName, names.map((name) => style.getPropertyValue(name)), element.getBoundingClientRect()];
    });
  });
}

/** The same of each element of the page, but for the overlay. */
function stylesOutside(page: Page): Promise<unknown[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll(":not(ciam-testkit-overlay)")].map((element) => {
      const style = getComputedStyle(element);
      return [
        element.localName,
        [...style].map((name) => style.getPropertyValue(name)),
        element.getBoundingClientRect(),
      ];
    }),
  );
}

/** The types of all events that anybody listens to at the window, the document and its body. */
async function listenersOf(browser: Awaited<ReturnType<typeof person>>["browser"], page: Page): Promise<string[]> {
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

/** Two frames later, so that what waits for one has come. */
async function frames(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(undefined)))),
  );
}
