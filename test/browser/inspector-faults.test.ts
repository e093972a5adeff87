/** The inspector's faults and catalogue, as a person uses them. */
import { expect, test } from "vitest";
import { inspected, press, shown } from "../support/browser/inspector.ts";
import { api, stillMock } from "../support/mock/api.ts";

test("the form schedules a documented error, and the next request gets it", async (context) => {
  const mock = stillMock();
  const { page } = await inspected(context, mock, { at: "view=faults" });
  await page.getByLabel("Operation").selectOption("updateMobile");
  await page.getByLabel("Error", { exact: true }).selectOption("mobile-taken");
  await page.getByLabel("Times").fill("2");
  await press(page, "Schedule");
  await page.getByText("Fault scheduled for updateMobile").waitFor();
  await expect.poll(() => shown(page)).toEqual(["updateMobile IDAAS.SDK.USER.0035 mobile-taken 2 × Remove"]);
  expect(await api(mock)("profile/update-mobile", {})).toMatchObject({
    body: { error_code: "IDAAS.SDK.USER.0035" },
  });
  await expect.poll(() => shown(page)).toEqual(["updateMobile IDAAS.SDK.USER.0035 mobile-taken 1 × Remove"]);
});

test("the form schedules a custom response: JSON as JSON, anything else as text", async (context) => {
  const mock = stillMock();
  const { page } = await inspected(context, mock, { at: "view=faults" });
  await page.getByLabel("Kind of fault").selectOption("own");
  for (const [body, expected] of [
    ['{"maintenance":true}', { maintenance: true }],
    ["<h1>Bad gateway</h1>", "<h1>Bad gateway</h1>"],
  ] as const) {
    await page.getByLabel("Status").fill("502");
    await page.getByLabel("Body").fill(body);
    await press(page, "Schedule");
    await expect.poll(async () => (await mock.faults.list()).at(-1)?.body).toEqual(expected);
  }
  expect((await mock.faults.list()).map(({ status }) => status)).toEqual([502, 502]);
});

test.for(["reset", "empty", "truncate", "hang"])(
  "the form schedules a connection failure: %s",
  async (transport, context) => {
    const mock = stillMock();
    const { page } = await inspected(context, mock, { at: "view=faults" });
    await page.getByLabel("Kind of fault").selectOption("transport");
    await page.getByLabel("How it fails").selectOption(transport);
    await press(page, "Schedule");
    await expect.poll(() => mock.faults.list()).toMatchObject([{ operation: "getCaptcha", transport, remaining: 1 }]);
  },
);

test("latency is fixed or a range", async (context) => {
  const mock = stillMock();
  const { page } = await inspected(context, mock, { at: "view=faults" });
  await page.getByLabel("Kind of fault").selectOption("latency");
  await page.getByLabel("Latency (ms)").fill("250");
  await press(page, "Schedule");
  await expect.poll(() => mock.faults.list()).toHaveLength(1);
  await page.getByLabel("up to (ms)").fill("900");
  await press(page, "Schedule");
  await expect.poll(() => shown(page)).toEqual(["getCaptcha 250 ms 1 × Remove", "getCaptcha 250–900 ms 1 × Remove"]);
});

test("a fault that the server refuses is reported and not scheduled", async (context) => {
  const mock = stillMock();
  const { page } = await inspected(context, mock, { at: "view=faults" });
  await page.getByLabel("Kind of fault").selectOption("latency");
  await press(page, "Schedule");
  await page.getByRole("alert").getByText("a fault needs at least one of check, error").waitFor();
  await press(page, "Close");
  expect(await mock.faults.list()).toEqual([]);
});

test("scheduled faults are removed singly or all at once, and the badge counts them", async (context) => {
  const mock = stillMock();
  for (const status of [500, 501, 502]) await mock.faults.add({ operation: "sendSms", status });
  const { page } = await inspected(context, mock, { at: "view=faults" });
  const badge = page.getByRole("link", { name: /^Faults/ });
  await expect.poll(() => badge.innerText()).toMatch(/^Faults\s*3/);
  await press(page, "Remove fault 2 for sendSms");
  await expect.poll(async () => (await mock.faults.list()).map(({ status }) => status)).toEqual([500, 502]);
  await expect.poll(() => badge.innerText()).toMatch(/^Faults\s*2/);
  await press(page, "Clear all");
  await page.getByText("No faults scheduled.").waitFor();
  expect(await mock.faults.list()).toEqual([]);
  expect(await page.locator(".badge").isVisible()).toBe(false);
});

test("the catalogue has every operation and every error with both texts", async (context) => {
  const mock = stillMock();
  const { page } = await inspected(context, mock, { at: "view=catalogue" });
  await page.locator(".error-row").first().waitFor();
  const { operations } = await mock.catalogue.read();
  expect(await page.locator(".operation-section h2").allTextContents()).toEqual(
    operations.map(({ operation }) => operation),
  );
  const rows = await shown(page, ".error-row");
  const errors = operations.flatMap((one) => one.errors);
  expect(rows).toHaveLength(errors.length);
  for (const [index, { error, check, summary, text, source, magic_suffix, also }] of errors.entries()) {
    const said = [error, check, summary, text.en, text.zh, source, magic_suffix ?? "", ...also];
    for (const part of said)
      expect(rows[index]?.toLowerCase()).toContain(part.replace(/\s+/g, " ").trim().toLowerCase());
  }
});

test("the catalogue marks a text that no page shows", async (context) => {
  const mock = stillMock();
  const { page } = await inspected(context, mock, { at: "view=catalogue" });
  await page.locator(".error-row").first().waitFor();
  const errors = (await mock.catalogue.read()).operations.flatMap((one) => one.errors);
  const inferred = errors.flatMap(({ text_source: { en, zh } }) => [en, zh]).filter((source) => source === "inferred");
  expect(inferred.length).toBeGreaterThan(0);
  expect(await page.locator(".wording").filter({ hasText: "(inferred)" }).count()).toBe(inferred.length);
});

test("the catalogue is searched by code, check, text and operation", async (context) => {
  const mock = stillMock();
  const { page } = await inspected(context, mock, { at: "view=catalogue" });
  const search = page.getByLabel("Operation, code, check or text");
  await page.locator(".error-row").first().waitFor();
  const { operations } = await mock.catalogue.read();
  const all = operations.flatMap(({ operation, errors }) =>
    errors.map((error) => JSON.stringify({ operation, error })),
  );
  for (const text of ["USER.0035", "mobile-taken", "手机号已存在", "updateEmail"]) {
    await search.fill(text);
    const count = all.filter((entry) => entry.includes(text)).length;
    expect(count).toBeGreaterThan(0);
    await expect.poll(() => page.locator(".error-row:visible").count()).toBe(count);
  }
  await search.fill("no such thing");
  await page.getByText("No matches.").waitFor();
});

test("one press in the catalogue schedules the error for the next request, also by keyboard", async (context) => {
  const mock = stillMock();
  const { page } = await inspected(context, mock, { at: "view=catalogue" });
  await page
    .getByRole("button", { name: /^Schedule: the next sendSms fails with IDAAS.SDK.CAPTCHA.0006, gateway-down/ })
    .focus();
  await page.keyboard.press("Enter");
  await page.getByText("The next sendSms fails with IDAAS.SDK.CAPTCHA.0006.").waitFor();
  expect(await api(mock)("sms/send", {})).toMatchObject({ body: { error_code: "IDAAS.SDK.CAPTCHA.0006" } });
});
