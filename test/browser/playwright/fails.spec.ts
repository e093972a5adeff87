/** Fails on purpose: a test of the fixture reads what is attached to the report. */
import { change, expect, open, test } from "./app.ts";

test("fails after a request was refused", async ({ page, ciam }) => {
  await open(page, ciam);
  await change(page, "000000");
  await expect(page.getByRole("status")).toHaveText("Number changed", { timeout: 500 });
});

test("fails before any request", async ({ ciam }) => {
  expect(ciam.clientId).toBe("");
});
