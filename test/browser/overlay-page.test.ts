/** The overlay and its page do not disturb each other. */
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { visitor } from "../support/browser/browser.ts";
import { answerTo, opened, overlayHtml, overlayMain, overlayOf } from "../support/browser/overlay-page.ts";
import { person } from "../support/browser/overlay-person.ts";
import { type ServedPage, servePage } from "../support/browser/served-page.ts";

/** No inline style, no eval, no markup from a script. */
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

test("the overlay works without violations under a policy that forbids inline code", async (context) => {
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
  await button("Schedule fault").click();
  await button(/^Remove/).waitFor();
  expect(await badge.evaluate((element) => getComputedStyle(element).borderRadius)).toBe("22px");
  expect(await page.evaluate(() => Reflect.get(window, "broken"))).toEqual([]);
});

test("the page's styles do not affect the overlay, not even important ones", async (context) => {
  const { page, region } = await person(context, served, { open: true });
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

test("the overlay changes neither styles nor positions in the page", async (context) => {
  const { page } = await person(context, served);
  await page.evaluate(() => window.overlay.remove());
  const before = await stylesOutside(page);
  await page.evaluate(() => {
    window.overlay = window.showOverlay(window.mock, { open: true });
  });
  await overlayOf(page).region.getByText("Real time").waitFor();
  expect(await stylesOutside(page)).toEqual(before);
});

test("the closed overlay reads nothing, requests nothing, prints nothing and takes no focus", async (context) => {
  const { page, badge } = await person(context, served);
  await answerTo(page);
  const received: string[] = [];
  page.on("request", (request) => received.push(request.url()));
  page.on("console", (message) => received.push(message.text()));
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
  expect(received).toEqual([]);
  expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("mobile");
});

test("keys in the overlay do not reach the page's shortcuts, keys in the page do", async (context) => {
  const { page, badge, region } = await person(context, served);
  await badge.press("Enter");
  await region.getByLabel("Operation").press("u");
  await badge.press("Escape");
  expect(await page.evaluate(() => window.keys)).toEqual([]);
  await page.getByLabel("New number").press("u");
  expect(await page.evaluate(() => window.keys)).toEqual(["u"]);
});

test("in an editable page the overlay works and is not editable", async (context) => {
  const { page, badge, region } = await person(context, served);
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

test("the overlay is not printed", async (context) => {
  const { page, badge } = await person(context, served, { open: true });
  await page.emulateMedia({ media: "print" });
  expect(await badge.isVisible()).toBe(false);
});

test("at a phone's width the overlay fits and leaves the upper part of the page free", async (context) => {
  const { page, region } = await person(context, served, { open: true });
  await page.setViewportSize({ width: 320, height: 568 });
  await answerTo(page);
  await region.getByText("5:00 left").waitFor();
  const box = await region.boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect(box?.y).toBeGreaterThan(568 * 0.3);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
});

/** The computed style and the position of each element in the overlay. */
function stylesInside(page: Page): Promise<unknown[]> {
  return page.evaluate(() => {
    const host = document.querySelector("ciam-testkit-overlay");
    return [host, ...(host?.shadowRoot?.querySelectorAll("*") ?? [])].map((element) => {
      if (element === null) return [];
      const style = getComputedStyle(element);
      // Custom properties belong to the page; their effect shows in the other properties.
      const names = [...style].filter((name) => !name.startsWith("--"));
      return [element.localName, names.map((name) => style.getPropertyValue(name)), element.getBoundingClientRect()];
    });
  });
}

/** The same for each element of the page outside the overlay. */
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
