/** A minimal app that changes a number, and a person who uses it. */
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { test as base, type Ciam } from "../../../mocks/adapters/playwright/playwright.ts";

export { expect } from "@playwright/test";

export const OLD = "13800000000";
export const NEW = "15201657312";

const APP = fileURLToPath(new URL("app.html", import.meta.url));

/** `test` with the app at the address of `baseURL`, also over TLS; no other host can be reached. */
export const test = base.extend({
  context: async ({ context }, use) => {
    await context.route(/^https?:\/\/app\.test\/(\?.*)?$/, (route) => route.fulfill({ path: APP }));
    await use(context);
  },
});

/** Opens the app, signed in with a new account; any place of the captcha is right. */
export async function open(page: Page, ciam: Ciam, address = "/") {
  await ciam.policy.patch({ captcha_tolerance_px: 310 });
  const account = await ciam.account({ mobile: OLD });
  await page.addInitScript((token) => sessionStorage.setItem("id_token", token), account.idToken);
  await page.goto(address);
  return account;
}

export async function sendCode(page: Page): Promise<void> {
  await page.getByLabel("New number").fill(NEW);
  await page.getByRole("button", { name: "Send code" }).click();
}

export async function change(page: Page, code: string): Promise<void> {
  await page.getByLabel("New number").fill(NEW);
  await page.getByLabel("Code").fill(code);
  await page.getByRole("button", { name: "Change" }).click();
}
