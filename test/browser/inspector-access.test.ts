/** Accessibility of the inspector: assistive technology, keyboard, two languages, two colour schemes, a phone. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type axe from "axe-core";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { demoMock } from "../support/browser/demo-mock.ts";
import { inspected, press } from "../support/browser/inspector.ts";
import { stillMock } from "../support/mock/api.ts";

declare global {
  interface Window {
    axe: typeof axe;
  }
}

const VIEWS = ["inbox", "journal", "accounts", "faults", "catalogue", "policy", "sandboxes"];
const PHONE = { width: 390, height: 844 };

const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The findings of axe on the current page, by rule and place. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await page.evaluate((values) => window.axe.run({ runOnly: { type: "tag", values } }), tags);
  expect(found.passes.length).toBeGreaterThan(10);
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`),
  );
}

/** Opens a view; in the journal also the newest entry, in the catalogue two operations. */
async function go(page: Page, view: string): Promise<void> {
  await page.goto(`${page.url().split("#")[0]}#view=${view}`);
  await page.locator("main li").first().waitFor();
  if (view === "journal") await page.locator("summary").first().click();
  // Axe needs ten seconds for all rows of the catalogue, and they are alike.
  if (view === "catalogue") await page.locator("main input").fill("sendSms");
}

test.for([
  ["en-US", "light", undefined],
  ["en-US", "dark", PHONE],
  ["zh-CN", "light", PHONE],
  ["zh-CN", "dark", undefined],
] as const)(
  "axe finds no problem in any view: %s, %s, %o",
  { timeout: 120_000 },
  async ([locale, colorScheme, viewport], context) => {
    // Axe creates elements from its own texts, which the page's policy forbids.
    const browser = { locale, colorScheme, bypassCSP: true, ...(viewport && { viewport }) };
    const { page } = await inspected(context, await demoMock(), { browser });
    for (const view of VIEWS) {
      await go(page, view);
      expect(await violations(page), view).toEqual([]);
    }
  },
);

test("axe finds no problem in dialogs, notices, an empty sandbox, a locked page and a missing sandbox", {
  timeout: 120_000,
}, async (context) => {
  const browser = { bypassCSP: true };
  const mock = await demoMock();
  const { page, url } = await inspected(context, mock, { browser, at: "view=accounts" });
  for (const button of ["New account", "Edit 李明", "Delete 李明", "Reset…", "Set…"]) {
    await press(page, button);
    await page.getByRole("dialog").waitFor();
    expect(await violations(page), button).toEqual([]);
    await page.keyboard.press("Escape");
  }
  await press(page, "Copy a new id_token for 李明");
  await page.getByText("Copied.").waitFor();
  expect(await violations(page)).toEqual([]);
  for (const view of VIEWS) {
    await page.goto(`${url}/__testkit/#view=${view}&sandbox=checkout-e2e`);
    await page.locator("main li, main .empty:not([hidden])").first().waitFor();
    expect(await violations(page), view).toEqual([]);
  }
  await page.goto(`${url}/__testkit/#sandbox=nobody`);
  await page.getByRole("heading", { name: "This sandbox does not exist" }).waitFor();
  expect(await violations(page)).toEqual([]);
  const locked = await inspected(context, mock, { browser, server: { controlToken: "s3cret" } });
  await locked.page.getByRole("heading", { name: "This server is locked" }).waitFor();
  expect(await violations(locked.page)).toEqual([]);
});

test.for(["en-US", "zh-CN"])(
  "on a phone no view is wider than the screen, even with long words: %s",
  async (locale, context) => {
    const mock = await demoMock();
    const long = "x".repeat(120);
    await mock.accounts.create({ name: long, username: long, email: `${"y".repeat(60)}@example.com` });
    await mock.faults.add({ operation: "genauthVerifyUpdatePhoneRequest", status: 200, body: long });
    await mock.fetch(`http://ciam.test/api/v2/sdk/${long}`, { headers: { "x-long": long } });
    await mock.sandboxes.create({ clientId: "z".repeat(64) });
    const { page } = await inspected(context, mock, { browser: { locale, viewport: PHONE } });
    for (const view of VIEWS) {
      await go(page, view);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), view).toBe(PHONE.width);
    }
  },
);

test("dialogs fit a phone's width, and 320 pixels", async (context) => {
  const { page } = await inspected(context, await demoMock(), {
    browser: { viewport: { width: 320, height: 600 } },
    at: "view=accounts",
  });
  for (const view of VIEWS) {
    await go(page, view);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), view).toBe(320);
  }
  await press(page, "Set…");
  const box = await page.getByRole("dialog").boundingBox();
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(320);
});

test("the page uses the browser's language until another is chosen, and remembers it", async (context) => {
  const { page } = await inspected(context, stillMock(), { browser: { locale: "zh-CN" } });
  expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("收件箱");
  expect(await page.locator("html").getAttribute("lang")).toBe("zh-CN");
  await page.getByLabel("语言").selectOption("en");
  await page.getByRole("heading", { name: "Inbox" }).waitFor();
  expect(await page.locator("html").getAttribute("lang")).toBe("en");
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("SELECT");
  await page.reload();
  await page.getByRole("heading", { name: "Inbox" }).waitFor();
});

test("in Chinese every text of the page itself is Chinese", async (context) => {
  const { page } = await inspected(context, await demoMock(), { browser: { locale: "zh-CN" } });
  const ours = "nav a, h1, h2, label, .tools button, .tools option, .empty, .intro, .clock-hands button, .connection";
  for (const view of VIEWS) {
    await go(page, view);
    const texts = await page.locator(ours).allInnerTexts();
    const known = /^(English|id|curl|X-client-id|[a-z]+[A-Z]\w+|bamboocloud|genauth|)$/;
    expect(
      texts.map((text) => text.trim()).filter((text) => !known.test(text) && !/\p{Script=Han}/u.test(text)),
      view,
    ).toEqual([]);
  }
});

test("the colours follow the system until others are chosen, and the choice is remembered", async (context) => {
  const { page } = await inspected(context, stillMock(), { browser: { colorScheme: "dark" } });
  const brightness = () =>
    page.evaluate(() => Number(/\d+/.exec(getComputedStyle(document.body).backgroundColor)?.[0]));
  expect(await brightness()).toBeLessThan(60);
  await page.getByLabel("Theme").selectOption("light");
  expect(await brightness()).toBeGreaterThan(200);
  await page.reload();
  await page.getByLabel("Theme").waitFor();
  expect(await brightness()).toBeGreaterThan(200);
});

test("by keyboard the first Tab skips the navigation, and an opened view focuses its heading", async (context) => {
  const { page } = await inspected(context, stillMock());
  await page.getByRole("heading", { name: "Inbox" }).waitFor();
  await page.keyboard.press("Tab");
  await page.getByRole("link", { name: "Skip to content" }).waitFor();
  await page.keyboard.press("Enter");
  const focused = () =>
    page.evaluate(() => `${document.activeElement?.tagName} ${document.activeElement?.textContent}`);
  await expect.poll(focused).toBe("H1 Inbox");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.getAttribute("type"))).toBe("search");
  await page.getByRole("link", { name: "Journal" }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(focused).toBe("H1 Journal");
  await expect.poll(() => page.getByRole("link", { name: "Journal" }).getAttribute("aria-current")).toBe("page");
  await expect.poll(() => page.title()).toBe("Journal · ciam-testkit");
});

test("an element with keyboard focus shows it", async (context) => {
  const { page } = await inspected(context, await demoMock());
  await page.locator(".message").first().waitFor();
  await page.keyboard.press("Tab");
  for (let presses = 0; presses < 25; presses++) {
    await page.keyboard.press("Tab");
    const { tag, outline } = await page.evaluate(() => {
      const focused = document.activeElement ?? document.body;
      return { tag: focused.outerHTML.slice(0, 80), outline: getComputedStyle(focused).outlineStyle };
    });
    if (!tag.startsWith("<body")) expect(outline, tag).not.toBe("none");
  }
});

test("with reduced motion preferred nothing is animated", async (context) => {
  const { page } = await inspected(context, stillMock(), { browser: { reducedMotion: "reduce" } });
  const moving = await page.evaluate(() => {
    const styles = [...document.querySelectorAll("*")].map((one) => getComputedStyle(one));
    return styles.filter(
      ({ transitionDuration, animationName }) => transitionDuration !== "0s" || animationName !== "none",
    ).length;
  });
  expect(moving).toBe(0);
});
