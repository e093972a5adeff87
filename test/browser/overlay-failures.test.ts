/** The overlay schedules errors for the next request, and shows the scheduled ones. */
import { beforeAll, expect, test } from "vitest";
import { answerTo, overlayHtml, overlayMain } from "../support/browser/overlay-page.ts";
import { person } from "../support/browser/overlay-person.ts";
import { type ServedPage, servePage } from "../support/browser/served-page.ts";

let served: ServedPage;

beforeAll(async () => {
  served = await servePage(overlayMain, { html: overlayHtml });
});

test("any documented error can be scheduled for the next request, and occurs once", async (context) => {
  const { page, region, said, button } = await person(context, served, { open: true });
  await region.getByLabel("Operation").selectOption("sendSms");
  const texts = await region.getByLabel("Error").getByRole("option").allTextContents();
  expect(texts).toContain("Failed to send verification code (IDAAS.SDK.CAPTCHA.0006)");
  expect(new Set(texts).size).toBe(texts.length);
  await region.getByLabel("Error").selectOption("Unknown sending scenario (IDAAS.SDK.CAPTCHA.0005)");
  await button("Schedule fault").click();
  await region.getByText("sendSms: Unknown sending scenario (IDAAS.SDK.CAPTCHA.0005)").waitFor();
  await expect
    .poll(() => said.textContent())
    .toBe("The next sendSms fails: Unknown sending scenario (IDAAS.SDK.CAPTCHA.0005)");

  expect(await answerTo(page)).toBe(
    '400 {"error_code":"IDAAS.SDK.CAPTCHA.0005","error_msg":"Unknown sending scenario"}',
  );
  await expect.poll(() => region.getByRole("list", { name: "Scheduled faults" }).getByRole("listitem").count()).toBe(0);
  expect(await answerTo(page)).toBe("200 ");
});

test("every error of an operation in the catalogue can be chosen, in the overlay's language", async (context) => {
  const { page, region } = await person(context, served, { open: true, language: "zh" });
  await region.getByLabel("接口").locator("optgroup").first().waitFor({ state: "attached" });
  const { operations } = await page.evaluate(() => window.mock.catalogue.read());
  for (const { operation, errors } of operations) {
    await region.getByLabel("接口").selectOption(operation);
    const shown = await region.getByLabel("错误").getByRole("option").allTextContents();
    expect(shown).toEqual([...new Set(errors.map(({ text, error }) => `${text.zh} (${error})`))]);
  }
});

test("a scheduled fault can be removed before it occurs, whoever scheduled it", async (context) => {
  const { page, region, said, button } = await person(context, served, { open: true });
  await page.evaluate(async () => {
    await window.mock.faults.add({ operation: "sendSms", status: 503, delayMs: { min: 1, max: 20 }, times: 3 });
    await window.mock.faults.add({ operation: "updateMobile", transport: "reset" });
  });
  const waiting = region.getByRole("list", { name: "Scheduled faults" }).getByRole("listitem");
  await waiting.nth(1).waitFor();
  expect(await waiting.allInnerTexts()).toEqual(["sendSms: 503, 1–20 ms, × 3\nRemove", "updateMobile: reset\nRemove"]);
  await button(/^Remove: sendSms/).click();
  await expect.poll(() => waiting.count()).toBe(1);
  await expect.poll(() => said.textContent()).toBe("Fault removed");
  expect(await answerTo(page)).toBe("200 ");
});

test("removing a fault that has already occurred is reported", async (context) => {
  const { page, region, said, button } = await person(context, served, { open: true });
  await page.evaluate(async () => {
    await window.mock.faults.add({ operation: "updateMobile", transport: "reset" });
  });
  await button(/^Remove/).waitFor();
  // As if the request came at the moment of the click.
  await page.evaluate(() => {
    const { remove } = window.mock.faults;
    window.mock.faults.remove = async (id) => {
      await window.mock.faults.clear();
      return remove(id);
    };
  });
  await button(/^Remove/).click();
  await expect.poll(() => said.textContent()).toBe("No such fault: no fault 1 waits for a request");
  await expect.poll(() => region.getByRole("button", { name: /^Remove/ }).count()).toBe(0);
});
