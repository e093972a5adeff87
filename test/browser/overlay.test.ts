/** The overlay as a person uses it: codes arrive, and time passes. */
import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { answerTo, overlayHtml, overlayMain } from "../support/browser/overlay-page.ts";
import { person } from "../support/browser/overlay-person.ts";
import { type ServedPage, servePage } from "../support/browser/served-page.ts";

let served: ServedPage;

beforeAll(async () => {
  served = await servePage(overlayMain, { html: overlayHtml });
});

test("new codes are counted on the badge, and listed in the open panel, the newest first", async (context) => {
  const { page, badge, region } = await person(context, served);
  expect(await badge.getAttribute("aria-expanded")).toBe("false");
  expect(await answerTo(page)).toBe("200 ");
  await page.getByLabel("New number").fill("15201657313");
  expect(await answerTo(page)).toBe("200 ");
  expect(await badge.textContent()).toBe("2");
  expect(await badge.getAttribute("aria-label")).toBe("ciam-testkit: 2 new codes");

  await badge.click();
  const [first, second] = await page.evaluate(() => window.mock.messages.list());
  const codes = region.getByRole("list", { name: "Codes" }).getByRole("listitem");
  await codes.nth(1).waitFor();
  expect(await codes.allInnerTexts()).toEqual([
    `${second?.code}\n5:00 left\nUPDATE_MOBILE_SMS\n+86-15201657313\nCopy\nExpire now`,
    `${first?.code}\n5:00 left\nUPDATE_MOBILE_SMS\n+86-15201657312\nCopy\nExpire now`,
  ]);
  expect(await badge.getAttribute("aria-label")).toBe("ciam-testkit");
});

test("a new code is announced once, in the default language", async (context) => {
  const { page, said } = await person(context, served);
  await answerTo(page);
  const [message] = await page.evaluate(() => window.mock.messages.list());
  await expect.poll(() => said.textContent()).toBe(`New code ${message?.code} for +86-15201657312, UPDATE_MOBILE_SMS`);
});

test("the last five codes are shown, and a new code does not move the focus", async (context) => {
  const { page, region, button } = await person(context, served, { open: true });
  await answerTo(page);
  await button(/^Copy/).focus();
  const focused = () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.ariaLabel);
  const before = await focused();
  for (const last of ["3", "4", "5", "6"]) await sendTo(page, `1520165731${last}`);
  await expect.poll(() => region.getByRole("listitem").count()).toBe(5);
  expect(await focused()).toBe(before);

  await sendTo(page, "15201657317");
  await expect.poll(() => region.getByRole("listitem").first().innerText()).toContain("+86-15201657317");
  expect(await region.getByRole("listitem").count()).toBe(5);
  // The focused row is gone; the focus stays in the list.
  expect(await focused()).toBe("Codes");
});

test("copy puts the code on the clipboard", async (context) => {
  const { page, browser, said, button } = await person(context, served, { open: true });
  await browser.grantPermissions(["clipboard-read", "clipboard-write"]);
  await answerTo(page);
  await button(/^Copy/).click();
  await expect.poll(() => said.textContent()).toMatch(/^Copied \d{6}$/);
  const [message] = await page.evaluate(() => window.mock.messages.list());
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(message?.code);
});

test("without a clipboard the code is selected, with a note", async (context) => {
  const { page, browser, said, button } = await person(context, served, { open: true });
  await browser.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate(() => {
    Object.defineProperty(window.navigator, "clipboard", { value: undefined, configurable: true });
  });
  await answerTo(page);
  await button(/^Copy/).click();
  await expect.poll(() => said.textContent()).toMatch(/^No clipboard access/);
  await page.keyboard.press("Control+C");
  await page.evaluate(() => {
    Reflect.deleteProperty(window.navigator, "clipboard");
  });
  const [message] = await page.evaluate(() => window.mock.messages.list());
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(message?.code);
});

test("the expire button advances the clock by the code's remaining life, and reports it", async (context) => {
  const { page, region, said, button } = await person(context, served, { open: true });
  await answerTo(page);
  await button("+1 min").click();
  await region.getByText("4:00 left").waitFor();
  await region.getByText("1:00 ahead of real time").waitFor();

  await button(/^Expire now/).click();
  await region.getByText("expired", { exact: true }).waitFor();
  const [message] = await page.evaluate(() => window.mock.messages.list());
  await expect.poll(() => said.textContent()).toBe(`Clock moved ahead by 4:00. ${message?.code} has expired`);
  expect(await page.evaluate(() => window.mock.clock.read())).toMatchObject({ now: message?.expiresAt });
  expect(await button(/^Expire now/).getAttribute("aria-disabled")).toBe("true");
  await button(/^Expire now/).press("Enter");
  await expect.poll(() => said.textContent()).toBe(`${message?.code} has already expired`);
  expect(await page.evaluate(() => window.mock.clock.read())).toMatchObject({ offsetSeconds: 300 });
});

test("the overlay stays open or closed over a reload of the tab, whatever its option says", async (context) => {
  const { page, badge } = await person(context, served, { open: true });
  await badge.click();
  await page.reload();
  await badge.waitFor();
  expect(await badge.getAttribute("aria-expanded")).toBe("false");
  await badge.click();
  await page.reload();
  await badge.waitFor();
  expect(await badge.getAttribute("aria-expanded")).toBe("true");
});

test("a reset of the sandbox empties the overlay", async (context) => {
  const { page, badge, region } = await person(context, served);
  await answerTo(page);
  expect(await badge.textContent()).toBe("1");
  await page.evaluate(() => window.mock.reset());
  await expect.poll(() => badge.textContent()).toBe("✉");
  await badge.click();
  await region.getByText("No codes yet.").waitFor();
});

test("a code that another tab requested is counted and announced", async (context) => {
  const { page, badge, said } = await person(context, served);
  await page.evaluate(() => {
    const { mock } = window;
    const message = {
      channel: "sms",
      to: "+86-15201657312",
      scene: "LOGIN_SMS",
      code: "246810",
      language: "en",
    } as const;
    const times = { text: "", sentAt: 0, expiresAt: 0 };
    const subscribe: typeof mock.subscribe = (listener) => {
      queueMicrotask(() =>
        listener({ type: "message", clientId: mock.clientId, message: { ...message, ...times }, elsewhere: true }),
      );
      return () => undefined;
    };
    window.overlay = window.showOverlay({ ...mock, subscribe });
  });
  await expect.poll(() => badge.textContent()).toBe("1");
  await expect.poll(() => said.textContent()).toBe("New code 246810 for +86-15201657312, LOGIN_SMS");
});

test("the overlay ignores another sandbox unless it is given that one", async (context) => {
  const { page, region } = await person(context, served, { open: true });
  await page.evaluate(async () => {
    const other = await window.mock.sandboxes.create({ clientId: "other" });
    window.overlay = window.showOverlay({ ...other, subscribe: window.mock.subscribe }, { open: true });
  });
  await answerTo(page);
  await region.getByText("No codes yet.").waitFor();
  expect(await region.getByRole("status").textContent()).toBe("");
});

test("markup in a request is shown as text", async (context) => {
  const { page, region, said } = await person(context, served, { open: true });
  const markup = '<img src=x onerror="window.hurt = 1">';
  await page.evaluate((text) => {
    const list = window.mock.messages.list;
    window.mock.messages.list = async () => (await list()).map((message) => ({ ...message, to: text, code: text }));
  }, markup);
  await page.evaluate(async (text) => {
    await window.mock.faults.add({ operation: "sendSms", status: 200, body: text });
    await window.mock.policy.patch({ pinned_code: "<b>bold</b>" });
  }, markup);
  await region.getByText("sendSms: 200").waitFor();
  expect(await answerTo(page)).toBe(`200 ${markup}`);
  expect(await answerTo(page)).toBe("200 ");
  await region.getByText(markup).first().waitFor();
  await expect.poll(() => said.textContent()).toContain("New code <b>bold</b> for");
  expect(await region.locator("img, b").count()).toBe(0);
  expect(await page.evaluate(() => Reflect.get(window, "hurt"))).toBeUndefined();
});

/** Sends a code without touching the page. */
async function sendTo(page: Page, mobile: string): Promise<void> {
  const before = await page.evaluate(async () => (await window.mock.messages.list()).length);
  await page.evaluate((number) => {
    const form = document.querySelector("form");
    form?.querySelector("input")?.setAttribute("value", number);
    form?.requestSubmit();
  }, mobile);
  await expect.poll(() => page.evaluate(async () => (await window.mock.messages.list()).length)).toBe(before + 1);
}
