/** The inspector's accounts, as a person uses them. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { clipboard, inspected, press, shown } from "../support/browser/inspector.ts";
import { api, stillMock } from "../support/mock/api.ts";

const ada = { id: "ada", mobile: "13800000001", email: "ada@example.com", username: "ada", name: "Ada" };

async function fill(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(fields)) {
    await page.getByRole("dialog").getByLabel(label, { exact: true }).fill(value);
  }
}

const closed = (page: Page) => page.getByRole("dialog").waitFor({ state: "detached" });

test("an account shows its number, address, user name, name and id", async (context) => {
  const { page } = await inspected(context, stillMock({ accounts: [ada] }), { at: "view=accounts" });
  await expect
    .poll(() => shown(page))
    .toEqual([
      "Mobile +86-13800000001 Email ada@example.com Username ada Name Ada id ada Copy id_token access_token Edit Delete",
    ]);
});

test("the search for accounts runs on the server", async (context) => {
  const { page } = await inspected(context, stillMock({ accounts: [ada, { id: "bob", name: "Bob" }] }), {
    at: "view=accounts",
  });
  await page.getByLabel("Mobile, email, name or id").fill("BOB");
  await expect.poll(() => page.locator(".account").count()).toBe(1);
  expect(await page.locator(".account").innerText()).toContain("Bob");
  await page.getByLabel("Mobile, email, name or id").fill("nobody");
  await page.getByText("No matches.").waitFor();
});

test("a dialog creates an account; a refusal is shown there and keeps the input", async (context) => {
  const mock = stillMock({ accounts: [ada] });
  const { page } = await inspected(context, mock, { at: "view=accounts" });
  await press(page, "New account");
  await fill(page, { Mobile: "13800000001", Name: "Bob", Password: "Correct-Horse-1" });
  await press(page, "Create");
  await page.getByText("Taken: another account has this mobile").waitFor();
  await fill(page, { Mobile: "13800000002" });
  await press(page, "Create");
  await closed(page);
  await expect.poll(() => page.locator(".account").count()).toBe(2);
  const bob = (await mock.accounts.list({ search: "Bob" }))[0];
  expect(bob).toMatchObject({ mobile: "+86-13800000002", email: null, username: null });
  expect(await mock.accounts.hasPassword(bob?.id ?? "", "Correct-Horse-1")).toBe(true);
});

test("an edit sends the differences: an emptied field is removed, an empty password stays", async (context) => {
  const mock = stillMock({ accounts: [{ ...ada, password: "Correct-Horse-1" }] });
  const { page } = await inspected(context, mock, { at: "view=accounts" });
  await press(page, "Edit Ada");
  await fill(page, { Username: "", Name: "Ada Lovelace" });
  await press(page, "Save");
  await closed(page);
  await page.getByText("Ada Lovelace").waitFor();
  expect(await mock.accounts.read("ada")).toMatchObject({
    ...{ mobile: "+86-13800000001", email: "ada@example.com" },
    ...{ username: null, name: "Ada Lovelace" },
  });
  expect(await mock.accounts.hasPassword("ada", "Correct-Horse-1")).toBe(true);
  await press(page, "Edit Ada Lovelace");
  await fill(page, { Password: "Better-Horse-2" });
  await press(page, "Save");
  await closed(page);
  expect(await mock.accounts.hasPassword("ada", "Better-Horse-2")).toBe(true);
});

test("a change by another client shows by itself", async (context) => {
  const mock = stillMock({ accounts: [ada] });
  const { page } = await inspected(context, mock, { at: "view=accounts" });
  await page.getByText("ada@example.com").waitFor();
  await mock.accounts.update("ada", { email: "ada@new.example" });
  await page.getByText("ada@new.example").waitFor();
});

test("deleting an account asks for confirmation", async (context) => {
  const mock = stillMock({ accounts: [ada] });
  const { page } = await inspected(context, mock, { at: "view=accounts" });
  await press(page, "Delete Ada");
  await press(page, "Cancel");
  expect(await mock.accounts.list()).toHaveLength(1);
  await press(page, "Delete Ada");
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await page.getByText("No accounts yet.").waitFor();
  expect(await mock.accounts.list()).toEqual([]);
});

test("a copied id_token authenticates its account", async (context) => {
  const mock = stillMock({ accounts: [ada] });
  await mock.codes.plant({ to: "new@example.com", scene: "UPDATE_EMAIL_EMS", code: "246810" });
  const { page } = await inspected(context, mock, { at: "view=accounts" });
  await press(page, "Copy a new id_token for Ada");
  await page.getByText("Copied.").waitFor();
  const authorization = `Bearer ${await clipboard(page)}`;
  const body = { email: "new@example.com", verify_code: "246810" };
  expect((await api(mock)("profile/update-email", body, { authorization })).status).toBe(200);
});

test("a copied access_token authenticates its account at GenAuth", async (context) => {
  const mock = stillMock({ accounts: [ada] });
  const { page } = await inspected(context, mock, { at: "view=accounts" });
  await press(page, "Copy a new access_token for Ada");
  await page.getByText("Copied.").waitFor();
  const headers = { "x-authing-app-id": mock.clientId, authorization: await clipboard(page) };
  const profile = await mock.fetch("http://ciam.test/api/v3/get-profile", { headers });
  expect(await profile.json()).toMatchObject({ statusCode: 200, data: { email: "ada@example.com" } });
});

test("an account can be edited by keyboard alone", async (context) => {
  const mock = stillMock({ accounts: [ada] });
  const { page } = await inspected(context, mock, { at: "view=accounts" });
  await page.getByRole("button", { name: "Edit Ada" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.type("lovelace");
  await page.keyboard.press("Enter");
  await closed(page);
  expect((await mock.accounts.read("ada")).username).not.toBe("ada");
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Edit");
});
