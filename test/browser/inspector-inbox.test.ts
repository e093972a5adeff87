/** The inspector's inbox and clock, as a person uses them. */
import { expect, test } from "vitest";
import { clipboard, inspected, press, shown } from "../support/browser/inspector.ts";
import { CANONICAL_MOBILE, MOBILE, sendSms, stillMock } from "../support/mock/api.ts";

/** Its clock is frozen, on the page as well. */
async function frozenMock() {
  const mock = stillMock();
  await mock.clock.freeze();
  return mock;
}

test("a message shows its code, receiver, scene, channel, language, text and remaining life", async (context) => {
  const mock = await frozenMock();
  await sendSms(mock, MOBILE, "UPDATE_MOBILE_SMS");
  const { page } = await inspected(context, mock);
  const [{ code } = { code: "" }] = await mock.messages.list();
  await expect
    .poll(() => shown(page))
    .toEqual([
      `${code} Copy ${CANONICAL_MOBILE} UPDATE_MOBILE_SMS SMS · English Your verification code is ${code}. It is valid for 5 minutes. 5:00 left sent 00:00:00`,
    ]);
});

test("a new message appears at the top and is announced", async (context) => {
  const mock = await frozenMock();
  const { page } = await inspected(context, mock);
  await page.getByText("No messages yet").waitFor();
  await sendSms(mock, MOBILE, "UPDATE_MOBILE_SMS");
  await sendSms(mock, "15200000000", "LOGIN_SMS");
  await sendSms(mock, "15200000000", "UPDATE_MOBILE_SMS");
  const codes = (await mock.messages.list()).map(({ code }) => code).reverse();
  await expect.poll(() => page.locator(".code").allTextContents()).toEqual(codes);
  expect(await page.getByText("No messages yet").isVisible()).toBe(false);
  const spoken = `New message to +86-15200000000: code ${codes[0]?.split("").join(" ")}`;
  await expect.poll(() => page.locator("[role=status]").allTextContents()).toContain(spoken);
});

test("one press copies the code", async (context) => {
  const mock = await frozenMock();
  await sendSms(mock, MOBILE, "UPDATE_MOBILE_SMS");
  const { page } = await inspected(context, mock);
  await press(page, /^Copy code/);
  await page.getByText("Copied.").waitFor();
  expect(await clipboard(page)).toBe((await mock.messages.list())[0]?.code);
});

test("where the page may not copy, it shows the text for manual copying", async (context) => {
  const mock = await frozenMock();
  await sendSms(mock, MOBILE, "UPDATE_MOBILE_SMS");
  const { page, tabs } = await inspected(context, mock);
  await tabs.clearPermissions();
  await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await press(page, /^Copy code/);
  expect(await page.getByRole("dialog").getByRole("textbox").inputValue()).toBe((await mock.messages.list())[0]?.code);
});

test("the page shows the sandbox's time, and a frozen clock does not move", async (context) => {
  const mock = await frozenMock();
  await sendSms(mock, MOBILE, "UPDATE_MOBILE_SMS");
  const { page } = await inspected(context, mock);
  await page.clock.install({ time: 0 });
  await page.reload();
  await page.getByText("5:00 left").waitFor();
  await page.clock.pauseAt(60_000);
  await page.clock.runFor(90_000);
  const face = await page.locator(".clock-face").innerText();
  expect(face).toContain("2026-01-01 00:00:00");
  expect(face).toContain("frozen");
  expect(await page.getByText("5:00 left").isVisible()).toBe(true);
});

test("the countdown follows the sandbox's clock every second until the code has expired", async (context) => {
  const mock = stillMock();
  await sendSms(mock, MOBILE, "UPDATE_MOBILE_SMS");
  const { page } = await inspected(context, mock);
  await page.clock.install({ time: 0 });
  await page.reload();
  await page.locator(".left").waitFor();
  await page.clock.pauseAt(60_000);
  const left = async () => {
    const [, minutes, seconds] = /(\d+):(\d\d) left/.exec(await page.locator(".left").innerText()) ?? [];
    return Number(minutes) * 60 + Number(seconds);
  };
  const before = await left();
  await page.clock.runFor(10_000);
  expect(before - (await left())).toBe(10);
  await page.clock.runFor(300_000);
  expect(await page.locator(".left").innerText()).toBe("expired");
});

test("an expired message is dimmed, and active again when the clock is set back", async (context) => {
  const mock = await frozenMock();
  await sendSms(mock, MOBILE, "UPDATE_MOBILE_SMS");
  const { page } = await inspected(context, mock);
  await press(page, "+5 min");
  await page.locator(".is-over").waitFor();
  expect(await page.locator(".left").innerText()).toBe("expired");
  await mock.clock.set("2026-01-01T00:01:00Z");
  await page.getByText("4:00 left").waitFor();
  expect(await page.locator(".is-over").count()).toBe(0);
});

test("each button moves the clock as labelled", async (context) => {
  const mock = stillMock();
  const { page } = await inspected(context, mock);
  let expected = 0;
  for (const [button, seconds] of [
    ["+1 min", 60],
    ["+5 min", 300],
    ["+1 h", 3_600],
    ["+1 day", 86_400],
  ] as const) {
    await press(page, button);
    expected += seconds;
    await expect.poll(async () => (await mock.clock.read()).offsetSeconds).toBe(expected);
  }
  await page.getByText("1d 01:06:00 ahead").waitFor();
});

test("the page shows a clock that it or another client freezes or thaws", async (context) => {
  const mock = await frozenMock();
  const { page } = await inspected(context, mock);
  await press(page, "Unfreeze");
  await page.getByRole("button", { name: "Freeze" }).waitFor();
  expect((await mock.clock.read()).frozen).toBe(false);
  await mock.clock.freeze();
  await page.getByRole("button", { name: "Unfreeze" }).waitFor();
});

test("the clock is set in a dialog, and Escape closes it without a change", async (context) => {
  const mock = await frozenMock();
  const { page } = await inspected(context, mock);
  await press(page, "Set…");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect((await mock.clock.read()).now).toBe("2026-01-01T00:00:00.000Z");
  await press(page, "Set…");
  await page.getByLabel("Time (UTC)").fill("2030-02-03T04:05:06");
  await press(page, "Set clock");
  await page.getByText("2030-02-03 04:05:06").waitFor();
  expect((await mock.clock.read()).now).toBe("2030-02-03T04:05:06.000Z");
});

test("the inbox is searched by receiver, scene and code", async (context) => {
  const mock = await frozenMock();
  await sendSms(mock, MOBILE, "UPDATE_MOBILE_SMS");
  await sendSms(mock, "15200000000", "UPDATE_MOBILE_SMS");
  const { page } = await inspected(context, mock);
  const search = page.getByLabel("Receiver, scene or code");
  await search.fill("1520000");
  await expect.poll(() => page.locator(".receiver").allTextContents()).toEqual(["+86-15200000000"]);
  await search.fill("nobody");
  await page.getByText("No matches.").waitFor();
});

test("a reset asks for confirmation, then the page shows what is left", async (context) => {
  const mock = await frozenMock();
  await sendSms(mock, MOBILE, "UPDATE_MOBILE_SMS");
  const { page } = await inspected(context, mock);
  await press(page, "Reset…");
  await press(page, "Cancel");
  expect(await mock.messages.list()).toHaveLength(1);
  await press(page, "Reset…");
  await page.getByRole("dialog").getByRole("button", { name: "Reset" }).click();
  await page.getByText("No messages yet").waitFor();
  expect(await mock.messages.list()).toEqual([]);
});
