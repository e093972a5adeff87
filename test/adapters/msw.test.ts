/** `handlers(mock, { baseUrl })`: which requests the mock handles, and which go to other handlers. */
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { expect, onTestFinished, test } from "vitest";
import { handlers } from "../../mocks/adapters/msw.ts";
import { createMock, type Mock } from "../../mocks/index.ts";

function intercepted(mock: Mock, baseUrl?: string): void {
  const others = http.all("*", () => HttpResponse.text("another handler"));
  const server = setupServer(...handlers(mock, baseUrl === undefined ? {} : { baseUrl }), others);
  server.listen();
  onTestFinished(() => server.close());
}

async function got(url: string, init?: RequestInit): Promise<{ status: number; text: string }> {
  const response = await fetch(url, init);
  return { status: response.status, text: await response.text() };
}

const post = { method: "POST", body: "{}" };
const INCOMPLETE = '{"error_code":"IDAAS.SDK.PARAM.0001","error_msg":"Device information is incomplete"}';

test.each([
  ["https://idp.test", "https://idp.test/api/v2/sdk/sms/send"],
  ["https://idp.test/", "https://idp.test/api/v2/sdk/sms/send"],
  ["https://idp.test/tenant/a", "https://idp.test/tenant/a/api/v2/sdk/sms/send"],
  ["https://idp.test/tenant/a/", "https://idp.test/tenant/a/api/v2/sdk/sms/send"],
  [undefined, "https://anywhere.test/api/v2/sdk/sms/send"],
])("below the base address %s the mock responds", async (baseUrl, url) => {
  intercepted(createMock(), baseUrl);
  expect(await got(url, post)).toEqual({ status: 400, text: INCOMPLETE });
});

test("requests to another origin or path are left to other handlers", async () => {
  intercepted(createMock(), "https://idp.test/tenant");
  for (const url of [
    "https://other.test/api/v2/sdk/sms/send",
    "https://idp.test/api/v2/sdk/sms/send",
    "https://idp.test/tenant/me",
  ]) {
    expect(await got(url, post)).toEqual({ status: 200, text: "another handler" });
  }
});

test("an unknown path below the base address gets the mock's 404 with the closest match", async () => {
  intercepted(createMock(), "https://idp.test");
  const { status, text } = await got("https://idp.test/api/v2/sdk/sms/sendd", post);
  expect(status).toBe(404);
  expect(JSON.parse(text)).toMatchObject({ closest: "POST /api/v2/sdk/sms/send" });
});

test("the control protocol is served too and shares the state", async () => {
  const mock = createMock();
  intercepted(mock, "https://idp.test");
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ mobile: "13800000000" });
  const { status, text } = await got("https://idp.test/__testkit/accounts", { method: "POST", headers, body });
  expect(status).toBe(201);
  expect(await mock.accounts.read(JSON.parse(text).id)).toMatchObject({ mobile: "+86-13800000000" });
  expect((await got("https://idp.test/__testkit")).status).toBe(200);
});

test("each test may have its own mock behind the same base address", async () => {
  const first = createMock();
  const server = setupServer(...handlers(first, { baseUrl: "https://idp.test" }));
  server.listen();
  onTestFinished(() => server.close());
  await first.accounts.create({ mobile: "13800000000" });
  const second = createMock();
  server.resetHandlers(...handlers(second, { baseUrl: "https://idp.test" }));
  await got("https://idp.test/api/v2/sdk/sms/send", post);
  expect(await first.requests.list()).toHaveLength(0);
  expect(await second.requests.list()).toHaveLength(1);
});
