/** The inspector's policy, as a person uses it. */
import { expect, test } from "vitest";
import { inspected, press, shown } from "../support/browser/inspector.ts";
import { stillMock } from "../support/mock/api.ts";

const at = "view=policy";

test("every key shows its description, its value, its default and the source of the default", async (context) => {
  const mock = stillMock({ policy: { code_length: 8 } });
  const { page } = await inspected(context, mock, { at });
  await page.locator(".policy-row").first().waitFor();
  const { policy: entries } = await mock.catalogue.read();
  const keys = [...new Set(entries.map(({ key }) => key))];
  expect((await page.locator(".policy-key code").allTextContents()).sort()).toEqual(keys.sort());
  for (const { source, dialect } of entries) {
    if (dialect === undefined) expect(await page.getByText(source, { exact: true }).count()).toBeGreaterThan(0);
  }
  const [first] = await shown(page, ".policy-row");
  expect(first).toBe("code_length Number of digits of a code. samples default 6 Reset");
  expect(await page.getByLabel("code_length", { exact: true }).inputValue()).toBe("8");
});

test.for([
  ["code_length", "8", 8],
  ["code_supersedes", "false", false],
  ["send_to_unknown", "fail", "fail"],
  ["pinned_code", "246810", "246810"],
  ["password_weak_list", "One1\n Two2 \n\n", ["One1", "Two2"]],
  ["genauth_http_status", "mirror", "mirror"],
] as const)("%s is changed by a fitting control and reset to its default", async ([key, value, expected], context) => {
  const mock = stillMock();
  const standard = (await mock.policy.read())[key];
  const { page } = await inspected(context, mock, { at });
  const input = page.getByLabel(key, { exact: true });
  await input.waitFor();
  if ((await input.evaluate(({ tagName }) => tagName)) === "SELECT") await input.selectOption(value);
  else {
    await input.fill(value);
    await input.blur();
  }
  await expect.poll(async () => (await mock.policy.read())[key]).toEqual(expected);
  await press(page, `Reset ${key} to its default`);
  await expect.poll(async () => (await mock.policy.read())[key]).toEqual(standard);
  await expect.poll(() => page.getByRole("button", { name: `Reset ${key} to its default` }).count()).toBe(0);
});

test("a refused value is reported, and the field shows the current value", async (context) => {
  const mock = stillMock();
  const { page } = await inspected(context, mock, { at });
  const input = page.getByLabel("code_length", { exact: true });
  await input.fill("99");
  await input.blur();
  await page.getByRole("alert").getByText("Bad request").waitFor();
  await expect.poll(() => input.inputValue()).toBe("6");
  expect((await mock.policy.read()).code_length).toBe(6);
});

test("the common view marks keys that differ by dialect, and each dialect has its own view", async (context) => {
  const mock = stillMock();
  const { page } = await inspected(context, mock, { at });
  await page.locator(".policy-row", { hasText: "code_ttl_seconds" }).getByText("genauth: 60").waitFor();
  await page.getByLabel("System", { exact: true }).selectOption("genauth");
  const input = page.getByLabel("code_ttl_seconds", { exact: true });
  await expect.poll(() => input.inputValue()).toBe("60");
  await input.fill("90");
  await input.blur();
  await expect
    .poll(() => mock.policy.read())
    .toMatchObject({ code_ttl_seconds: 300, genauth: { code_ttl_seconds: 90 } });
  await press(page, "Reset code_ttl_seconds to its default");
  await expect.poll(() => mock.policy.read()).toMatchObject({ genauth: { code_ttl_seconds: 60 } });
  await page.getByLabel("System", { exact: true }).selectOption("bamboocloud");
  await expect.poll(() => page.getByLabel("genauth_http_status").count()).toBe(0);
  await expect.poll(() => input.inputValue()).toBe("300");
});

test("the focus stays in place after a change and after a reset", async (context) => {
  const { page } = await inspected(context, stillMock(), { at });
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
  await page.getByLabel("code_length", { exact: true }).fill("8");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Reset code_length" }).waitFor();
  await expect.poll(focused).toBe("code_length");
  await page.keyboard.press("Tab");
  expect(await focused()).toBe("Reset code_length to its default");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Reset code_length" }).waitFor({ state: "detached" });
  await expect.poll(focused).toBe("code_length");
});

test("the keys can be searched", async (context) => {
  const { page } = await inspected(context, stillMock(), { at });
  await page.getByLabel("Key, description or source").fill("engine");
  await expect
    .poll(() => page.locator(".policy-key code").allTextContents())
    .toEqual(["captcha_challenge_ttl_seconds", "captcha_token_ttl_seconds", "captcha_tolerance_px"]);
});
