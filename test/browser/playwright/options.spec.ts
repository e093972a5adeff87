/** `ciamOptions`: the API's address and the client id that the app uses. */
import type { FullProject } from "@playwright/test";
import type { CiamFixtures, CiamOptions } from "../../../mocks/adapters/playwright/playwright.ts";
import { test as base, change, expect, NEW, open, sendCode } from "./app.ts";

function optionsOf({ use }: FullProject<CiamFixtures>): CiamOptions {
  return use.ciamOptions ?? {};
}

/** These options, in addition to those of the project. */
function withOptions(options: CiamOptions) {
  return base.extend<{ ciamOptions: CiamOptions }>({
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures that are wanted from it.
    ciamOptions: async ({}, use, { project }) => use({ ...optionsOf(project), ...options }),
  });
}

for (const baseUrl of ["https://idp.example.com/tenant", "/idp", "/idp/"]) {
  withOptions({ baseUrl })(`the API is below ${baseUrl}, and nowhere else`, async ({ page, ciam }) => {
    await page.context().route("http://app.test/api/**", (route) => route.fulfill({ body: "another backend" }));
    await open(page, ciam, `/?api=${baseUrl.replace(/\/$/, "")}`);
    await sendCode(page);
    await change(page, await ciam.code(NEW));
    await expect(page.getByRole("status")).toHaveText("Number changed");
    expect(await page.evaluate(async () => (await fetch("/api/v2/sdk/captcha")).text())).toBe("another backend");
    const [sent] = await ciam.requests.list({ operation: "sendSms" });
    expect(sent?.request.path).toBe("/api/v2/sdk/sms/send");
  });
}

withOptions({ clientId: "my-app" })("an app is known by the id that it sends", async ({ page, ciam }) => {
  await open(page, ciam, "/?client=my-app");
  await sendCode(page);
  await expect(page.getByRole("status")).toHaveText("Code sent");
  await page.goto("/?client=another");
  await sendCode(page);
  await expect(page.getByRole("status")).toHaveText("The app is not registered, please register the app first");
});
