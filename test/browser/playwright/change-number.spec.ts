/** What the test of an app can do and see through the fixture. */
import { change, expect, NEW, OLD, open, sendCode, test } from "./app.ts";

test("a person changes the number with the code that arrived", async ({ page, ciam }) => {
  const { id } = await open(page, ciam);
  await sendCode(page);
  await expect(page.getByRole("status")).toHaveText("Code sent");
  await change(page, await ciam.code(NEW, { scene: "UPDATE_MOBILE_SMS" }));
  await expect(page.getByRole("status")).toHaveText("Number changed");
  expect(await ciam.accounts.read(id)).toMatchObject({ mobile: `+86-${NEW}` });
});

test('ciam.code waits for the code, and with "after" returns the newer one', async ({ page, ciam }) => {
  await open(page, ciam);
  await ciam.faults.add({ operation: "sendSms", delayMs: 300 });
  await sendCode(page);
  const first = await ciam.code(NEW);
  await expect(page.getByRole("status")).toHaveText("Code sent");
  const { id = "" } = (await ciam.messages.list()).at(-1) ?? {};
  await ciam.clock.advance({ minutes: 2 });
  await sendCode(page);
  const second = await ciam.code(NEW, { after: id });
  expect(second).not.toBe(first);
  await change(page, second);
  await expect(page.getByRole("status")).toHaveText("Number changed");
});

test("an expired code is refused", async ({ page, ciam }) => {
  await open(page, ciam);
  await sendCode(page);
  const code = await ciam.code(NEW);
  await ciam.clock.advance({ minutes: 6 });
  await change(page, code);
  await expect(page.getByRole("status")).toHaveText("Incorrect verification code");
  const [refused] = await ciam.requests.list({ operation: "updateMobile" });
  expect(refused).toMatchObject({ decidedBy: "code-expired", why: "the code expired 60 s ago" });
});

test("an error is scheduled by its code, by a check's name, and several times", async ({ page, ciam }) => {
  await open(page, ciam);
  await ciam.fail("updateMobile", "IDAAS.SDK.USER.0035");
  await ciam.fail("updateMobile", "account-gone", { times: 2 });
  // @ts-expect-error the operation has no such check
  await expect(ciam.fail("updateMobile", "password-weak")).rejects.toThrow("password-weak");
  // @ts-expect-error no such operation
  await expect(ciam.fail("updateFax", "IDAAS.SDK.USER.0035")).rejects.toThrow('unknown operation "updateFax"');
  await ciam.fail("genauthUpdatePhone", "404/2004");
  for (const text of [
    "Phone number already exists",
    "User not found",
    "User not found",
    "An unauthenticated cell mobile number",
  ]) {
    await change(page, "000000");
    await expect(page.getByRole("status")).toHaveText(text);
  }
});

for (const transport of ["reset", "empty", "truncate"] as const) {
  test(`a connection that fails by ${transport} fails in the page`, async ({ page, ciam }) => {
    await open(page, ciam);
    await ciam.faults.add({ operation: "updateMobile", transport });
    await change(page, "000000");
    await expect(page.getByRole("status")).toHaveText("Failed to fetch");
    await change(page, "000000");
    await expect(page.getByRole("status")).not.toHaveText("Failed to fetch");
  });
}

test("a request may still hang when the test ends", async ({ page, ciam }) => {
  await open(page, ciam);
  await ciam.faults.add({ operation: "updateMobile", transport: "hang" });
  await change(page, "000000");
  await expect.poll(async () => (await ciam.requests.list({ operation: "updateMobile" })).length).toBe(1);
  await expect(page.getByRole("status")).toHaveText("…");
});

test("an app without a client id, or with another one, is refused", async ({ page, ciam }) => {
  await open(page, ciam, "/?client=");
  await sendCode(page);
  await expect(page.getByRole("status")).toHaveText("clientId cannot be empty");
  await page.goto("/?client=another");
  await sendCode(page);
  await expect(page.getByRole("status")).toHaveText("The app is not registered, please register the app first");
});

test("an unknown path of the API gets the mock's 404, and other paths are not intercepted", async ({ page, ciam }) => {
  await page.context().route("**/api/v1/**", (route) => route.fulfill({ body: "another backend" }));
  await open(page, ciam);
  const asked = (path: string) => page.evaluate(async (to) => (await fetch(to)).text(), path);
  expect(JSON.parse(await asked("/api/v2/sdk/sms/sendd"))).toMatchObject({ closest: "POST /api/v2/sdk/sms/send" });
  expect(await asked("/api/v1/sms/send")).toBe("another backend");
});

test("a page over TLS reaches the API of another origin and may read a refusal", async ({ page, ciam }) => {
  await open(page, ciam, "https://app.test/?api=https://idp.example.com");
  await sendCode(page);
  await change(page, await ciam.code(NEW));
  await expect(page.getByRole("status")).toHaveText("Number changed");
  await change(page, "000000");
  await expect(page.getByRole("status")).toHaveText("Incorrect verification code");
});

test("a body with other alphabets arrives unchanged", async ({ page, ciam }) => {
  await open(page, ciam);
  await page.getByLabel("New number").fill("手机 é😀");
  await page.getByRole("button", { name: "Change" }).click();
  await expect(page.getByRole("status")).not.toHaveText("…");
  const [asked] = await ciam.requests.list({ operation: "updateMobile" });
  expect(asked?.request.body).toMatchObject({ mobile: "手机 é😀" });
});

test("the test itself calls the API through ciam.fetch", async ({ ciam }) => {
  const { idToken } = await ciam.account({ mobile: OLD });
  const code = await ciam.codes.plant({ to: NEW, scene: "UPDATE_MOBILE_SMS" });
  const response = await ciam.fetch("/api/v2/sdk/profile/update-mobile", {
    method: "POST",
    headers: {
      "X-operating-sys-version": "macos15",
      "X-device-fingerprint": "156aysdna213sc50",
      "X-agent": "a test",
      "X-client-id": "nTo1eRIub60vPb54WeE6aojPwYwImtl4",
      Authorization: `Bearer ${idToken}`,
    },
    body: JSON.stringify({ mobile: NEW, verify_code: code }),
  });
  expect(response.status).toBe(200);
  expect((await ciam.fetch("/api/v2/sdk/captcha")).status).toBe(400);
});

test("a context that the test creates is connected to the sandbox", async ({ browser, context, ciam }) => {
  const another = await browser.newContext();
  await ciam.route(another);
  for (const each of [context, another]) {
    const page = await each.newPage();
    await page.route("http://app.test/", (route) => route.fulfill({ body: "a page", contentType: "text/html" }));
    await page.goto("http://app.test/");
    const headers = { "X-client-id": "nTo1eRIub60vPb54WeE6aojPwYwImtl4" };
    expect(await page.evaluate(async (more) => (await fetch("/api/v2/sdk/captcha", more)).status, { headers })).toBe(
      400,
    );
  }
  expect(await ciam.requests.list({ operation: "getCaptcha" })).toHaveLength(2);
  await another.close();
});
