/** The slider captcha of the example app with real pictures: by mouse, touch and keyboard. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { visit } from "../../support/browser/example-app.ts";

const PHONE = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true };

test("the captcha can be solved by keyboard, and the focus moves to the code field", async (context) => {
  const { page, person } = await visit(context, "worker of msw 3");
  await person.fill({ mobile: "13800000000" });
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const gap = await person.lookAtCaptcha();
  for (let step = 0; step < gap; step++) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await person.sees(person.done, "A code is on its way to you.");
  expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).autocomplete)).toBe("one-time-code");
});

test("the captcha can be solved with the mouse in many small moves", async (context) => {
  const { page, person } = await visit(context, "worker of msw 3");
  await person.fill({ mobile: "13800000000" });
  await person.press("sendCode");
  const { x, y, pixels } = await wayOfThePiece(page, await person.lookAtCaptcha());
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + pixels, y, { steps: 200 });
  await page.mouse.up();
  await page.mouse.move(x, y);
  await person.confirm();
  await person.sees(person.done, "A code is on its way to you.");
});

test("the captcha can be solved by touch on a small phone, without horizontal scrolling", async (context) => {
  const { page, person, context: browser } = await visit(context, "worker of msw 3", PHONE);
  await person.fill({ mobile: "13800000000" });
  await person.press("sendCode");
  const { x, y, pixels } = await wayOfThePiece(page, await person.lookAtCaptcha());
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);

  const finger = await browser.newCDPSession(page);
  await finger.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
  for (const share of [0.25, 0.5, 0.75, 1])
    await finger.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [{ x: x + share * pixels, y }] });
  await finger.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await person.confirm();
  await person.sees(person.done, "A code is on its way to you.");
});

test("a wrong solution shows other pictures, and cancelling sends no code", async (context) => {
  const { page, person, control } = await visit(context, "worker of msw 3");
  await person.fill({ mobile: "13800000000" });
  await person.press("sendCode");
  await person.lookAtCaptcha();
  const before = await person.captcha.locator("img").first().getAttribute("src");
  await person.confirm();
  await person.sees(person.alert, "Graphic verification code verification failed");
  expect(await person.captcha.locator("img").first().getAttribute("src")).not.toBe(before);

  await page.keyboard.press("Escape");
  await person.captcha.waitFor({ state: "detached" });
  expect(await control("messages")).toEqual({ messages: [] });
});

/** Where a pointer takes the piece, and the distance in screen pixels. */
async function wayOfThePiece(page: Page, gap: number): Promise<{ x: number; y: number; pixels: number }> {
  const piece = await page.locator("dialog .piece").boundingBox();
  const picture = await page.locator("dialog .picture").boundingBox();
  if (piece === null || picture === null) throw new Error("The captcha is not to be seen");
  return { x: piece.x + piece.width / 2, y: piece.y + piece.height / 2, pixels: (gap * picture.width) / 310 };
}
