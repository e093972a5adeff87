/** Sandboxes in the inspector, as a person uses them. */
import { expect, test } from "vitest";
import { inspected, press, shown } from "../support/browser/inspector.ts";
import { stillMock } from "../support/mock/api.ts";

const at = "view=sandboxes";

test("sandboxes are opened with or without a name, shown and closed", async (context) => {
  const mock = stillMock();
  const { page } = await inspected(context, mock, { at });
  await expect.poll(() => shown(page)).toEqual([`${mock.clientId} default current`]);
  await press(page, "New sandbox");
  await page.getByLabel("X-client-id").fill("mine");
  await press(page, "Create");
  await page.getByText("mine", { exact: true }).first().waitFor();
  await press(page, "New sandbox");
  await press(page, "Create");
  await expect.poll(() => mock.sandboxes.list()).toHaveLength(3);
  await page.getByRole("link", { name: "Show mine" }).click();
  await expect.poll(() => page.getByRole("combobox", { name: "Sandbox" }).inputValue()).toBe("mine");
  await page.getByRole("link", { name: "Sandboxes" }).click();
  await press(page, "Close mine");
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await page.getByRole("heading", { name: "This sandbox does not exist" }).waitFor();
  expect(await mock.sandboxes.list()).not.toContain("mine");
});

test("the dialog refuses a taken name", async (context) => {
  const mock = stillMock();
  const { page } = await inspected(context, mock, { at });
  await press(page, "New sandbox");
  await page.getByLabel("X-client-id").fill(mock.clientId);
  await press(page, "Create");
  await page.getByText("Taken: another sandbox has the client id").waitFor();
});

test("of two sandboxes the page shows only the selected one", async (context) => {
  const mock = stillMock();
  const other = await mock.sandboxes.create({ clientId: "other" });
  await mock.accounts.create({ name: "Alice" });
  await other.accounts.create({ name: "Bob" });
  await other.clock.set("2030-01-01T00:00:00Z");
  const { page } = await inspected(context, mock, { at: "view=accounts" });
  await page.getByText("Alice", { exact: true }).waitFor();
  await page.getByRole("combobox", { name: "Sandbox" }).selectOption("other");
  await page.getByText("Bob", { exact: true }).waitFor();
  expect(await page.getByText("Alice", { exact: true }).count()).toBe(0);
  expect(await page.locator(".now").innerText()).toContain("2030-01-01");
  await mock.accounts.create({ name: "Alice too" });
  await other.accounts.create({ name: "Bob too" });
  await page.getByText("Bob too").waitFor();
  expect(await page.getByText("Alice too").count()).toBe(0);
  await page.getByRole("button", { name: "New account" }).click();
  await page.getByRole("dialog").getByLabel("Name", { exact: true }).fill("Made there");
  await press(page, "Create");
  await page.getByText("Made there").waitFor();
  expect(await other.accounts.list({ search: "Made there" })).toHaveLength(1);
  expect(await mock.accounts.list({ search: "Made there" })).toEqual([]);
});

test("a reload and a link keep the sandbox and the view, and Back returns", async (context) => {
  const mock = stillMock();
  const other = await mock.sandboxes.create({ clientId: "a.b_c-d" });
  await other.accounts.create({ name: "Bob" });
  const { page, tabs } = await inspected(context, mock, { at: "view=accounts" });
  await page.getByRole("combobox", { name: "Sandbox" }).selectOption("a.b_c-d");
  await page.getByText("Bob", { exact: true }).waitFor();
  await page.reload();
  await page.getByText("Bob", { exact: true }).waitFor();
  const second = await tabs.newPage();
  await second.goto(page.url());
  await second.getByText("Bob", { exact: true }).waitFor();
  await page.goBack();
  await page.getByText("No accounts yet.").waitFor();
});

test("an unknown sandbox is reported clearly, with a way out", async (context) => {
  const mock = stillMock();
  const { page } = await inspected(context, mock, { at: "view=journal&sandbox=nobody" });
  await page.getByText("The server has no sandbox named nobody.").waitFor();
  await mock.sandboxes.create({ clientId: "nobody" });
  await press(page, "Try again");
  await page.getByText("No requests yet.").waitFor();
});

test("a sandbox that disappears is reported, and shown again when it is back", async (context) => {
  const mock = stillMock();
  await mock.sandboxes.create({ clientId: "short-lived" });
  const { page } = await inspected(context, mock, { at: "view=inbox&sandbox=short-lived" });
  await page.getByText("No messages yet.").waitFor();
  await mock.sandboxes.delete("short-lived");
  await page.getByRole("heading", { name: "This sandbox does not exist" }).waitFor();
  await mock.sandboxes.create({ clientId: "short-lived" });
  await page.getByText("No messages yet.").waitFor();
  await mock.sandboxes.delete("short-lived");
  await page.getByRole("link", { name: "Show the default sandbox" }).click();
  await page.getByText("No messages yet.").waitFor();
  expect(page.url()).not.toContain("short-lived");
});
