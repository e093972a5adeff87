/** The guide's lines for the overlay, in an otherwise empty page. */
import { expect, test } from "vitest";
import { visitor } from "../support/browser/browser.ts";
import { overlayOf } from "../support/browser/overlay-page.ts";
import { servePage } from "../support/browser/served-page.ts";
import { block } from "../support/package/readme.ts";

test("the guide's lines show the overlay with the mock's codes", async (context) => {
  const { url } = await servePage(
    `${await block("overlay", "ts", "docs/guides/overlay.md")}; Object.assign(window, { mock, overlay });`,
  );
  const { newPage } = await visitor(context);
  const page = await newPage();
  await page.goto(url);
  const { badge, region } = overlayOf(page);
  await badge.click();
  await region.getByText("No codes yet.").waitFor();
  expect((await badge.boundingBox())?.x).toBe(12);
  await page.evaluate(() => window.overlay.remove());
  expect(await badge.count()).toBe(0);
});
