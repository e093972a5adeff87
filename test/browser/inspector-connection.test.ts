/** The inspector when its server stops, returns or is locked. */
import { expect, onTestFinished, test } from "vitest";
import { serve } from "../../mocks/adapters/node/server.ts";
import { visitor } from "../support/browser/browser.ts";
import { inspected, press } from "../support/browser/inspector.ts";
import { MOBILE, sendSms, stillMock } from "../support/mock/api.ts";
import { fakeServer } from "../support/mock/fake-server.ts";

const TOKEN = "s3cret & <b>";

test("when the server stops the page says so, and shows the missed changes when it returns", async (context) => {
  const mock = stillMock();
  const first = await serve(mock, { port: 0 });
  const page = await (await visitor(context, { locale: "en-US" })).newPage();
  await page.goto(`${first.url}/__testkit/`);
  await page.getByText("Live").waitFor();
  await page.evaluate(() => Object.assign(window, { isTheSamePage: true }));
  await first.close();
  await page.getByText("Server unreachable. Retrying…").waitFor();
  await press(page, "+1 min");
  await page.getByRole("alert").getByText("The server is not reachable.").waitFor();
  await sendSms(mock, MOBILE, "UPDATE_MOBILE_SMS");
  const second = await serve(mock, { port: first.port });
  onTestFinished(() => second.close());
  await page.getByText("Live").waitFor();
  await page.locator(".message").waitFor();
  await sendSms(mock, "15200000000", "UPDATE_MOBILE_SMS");
  await expect.poll(() => page.locator(".message").count()).toBe(2);
  expect(await page.evaluate(() => "isTheSamePage" in window)).toBe(true);
});

test("the page notices a restarted server with other sandboxes", async (context) => {
  const mock = stillMock();
  await mock.sandboxes.create({ clientId: "mine" });
  const first = await serve(mock, { port: 0 });
  const page = await (await visitor(context, { locale: "en-US" })).newPage();
  await page.goto(`${first.url}/__testkit/#sandbox=mine`);
  await page.getByText("Live").waitFor();
  await first.close();
  const second = await serve(stillMock(), { port: first.port });
  onTestFinished(() => second.close());
  await page.getByRole("heading", { name: "This sandbox does not exist" }).waitFor();
});

test("on a locked server the page asks for the control token and keeps it for this tab", async (context) => {
  const mock = stillMock();
  await sendSms(mock, MOBILE, "UPDATE_MOBILE_SMS");
  const { page, tabs } = await inspected(context, mock, { server: { controlToken: TOKEN } });
  await page.getByRole("heading", { name: "This server is locked" }).waitFor();
  await page.getByLabel("Control token").fill("wrong");
  await press(page, "Unlock");
  await page.getByText("Wrong token.").waitFor();
  await page.getByLabel("Control token").fill(TOKEN);
  await page.keyboard.press("Enter");
  await page.locator(".message").waitFor();
  await page.reload();
  await page.locator(".message").waitFor();
  expect(
    await page.evaluate(() => JSON.stringify({ ...localStorage }) + document.cookie + location.href),
  ).not.toContain("s3cret");
  const other = await tabs.newPage();
  await other.goto(page.url());
  await other.getByRole("heading", { name: "This server is locked" }).waitFor();
});

test("on a locked server the user's actions send the token", async (context) => {
  const mock = stillMock();
  const { page } = await inspected(context, mock, { server: { controlToken: TOKEN } });
  await page.getByLabel("Control token").fill(TOKEN);
  await press(page, "Unlock");
  await press(page, "+1 h");
  await expect.poll(async () => (await mock.clock.read()).offsetSeconds).toBe(3_600);
});

test("a page of another site cannot frame the inspector", async (context) => {
  const mock = stillMock();
  const { page, url } = await inspected(context, mock);
  const body = `<iframe src="${url}/__testkit/"></iframe>`;
  await page.goto(await fakeServer(async () => ({ status: 200, headers: { "content-type": "text/html" }, body })));
  await expect.poll(() => page.frames().at(1)?.url()).toMatch(/^chrome-error:/);
});
