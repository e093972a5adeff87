/** The overlay's clock, and the remaining life of codes. */
import { beforeAll, expect, test } from "vitest";
import { visitor } from "../support/browser/browser.ts";
import { answerTo, opened, overlayHtml, overlayMain, overlayOf } from "../support/browser/overlay-page.ts";
import { person } from "../support/browser/overlay-person.ts";
import { type ServedPage, servePage } from "../support/browser/served-page.ts";

let served: ServedPage;

beforeAll(async () => {
  served = await servePage(overlayMain, { html: overlayHtml });
});

test("the clock moves forward by minutes, and back to real time even when it is frozen", async (context) => {
  const { page, region, said, button } = await person(context, served, { open: true });
  await region.getByText("Real time", { exact: true }).waitFor();
  await button("+5 min").click();
  await region.getByText("5:00 ahead of real time").waitFor();
  await expect.poll(() => said.textContent()).toBe("Clock moved ahead by 5 min");
  await page.evaluate(() => window.mock.clock.freeze());
  await region.getByText("Frozen at 2026-01-01T00:05:00.000Z").waitFor();
  await page.evaluate(() => window.mock.clock.set("2025-12-31T22:00:00Z"));
  await page.evaluate(() => window.mock.clock.thaw());
  await region.getByText("2:00:00 behind real time").waitFor();

  await page.evaluate(() => window.mock.clock.freeze());
  await button("Reset").click();
  await region.getByText("Real time", { exact: true }).waitFor();
  expect(await page.evaluate(() => window.mock.clock.read())).toEqual({
    now: "2026-01-01T00:00:00.000Z",
    offsetSeconds: 0,
    frozen: false,
  });
});

test("the remaining life of a code follows the mock's clock, not the machine's", async (context) => {
  const { page, region } = await person(context, served, { open: true });
  await answerTo(page);
  await region.getByText("5:00 left").waitFor();
  await page.evaluate(() => window.real.advance(61_000));
  await region.getByText("3:59 left").waitFor();
});

test("the clock is read once a second, only while the overlay is open and a code is active", async (context) => {
  const { newPage } = await visitor(context);
  const page = await newPage();
  await page.clock.install();
  await opened(page, served, { open: true });
  const { badge, region, button } = overlayOf(page);
  await page.evaluate(() => {
    const { read } = window.mock.clock;
    let reads = 0;
    window.mock.clock.read = () => {
      reads++;
      return read();
    };
    Object.assign(window, { readsSince: (before: number) => reads - before });
  });
  const readsSince = (before: number) => page.evaluate((count) => Reflect.get(window, "readsSince")(count), before);
  const readsWithin = async (seconds: number): Promise<number> => {
    const before = await readsSince(0);
    for (let second = 0; second < seconds; second++) await page.clock.runFor(1_000);
    return readsSince(before);
  };
  await answerTo(page);
  await region.getByText("5:00 left").waitFor();
  expect(await readsWithin(3)).toBe(3);

  await page.evaluate(() => window.mock.clock.freeze());
  await region.getByText("Frozen").waitFor();
  expect(await readsWithin(3)).toBe(0);
  await page.evaluate(() => window.mock.clock.thaw());
  await region.getByText("Real time", { exact: true }).waitFor();
  expect(await readsWithin(3)).toBe(3);

  await badge.click();
  expect(await readsWithin(3)).toBe(0);
  await badge.click();
  await button(/^Expire now/).click();
  await region.getByText("expired", { exact: true }).waitFor();
  expect(await readsWithin(3)).toBe(0);
});
