/** Which requests of a page belong to the API, and how they are changed. The rest is tested in a browser. */
import type { Route } from "@playwright/test";
import { expect, test } from "vitest";
import { destination, fulfilFrom, withClientId } from "../../mocks/adapters/playwright/page-requests.ts";
import { stillMock } from "../support/mock/api.ts";

const CAPTCHA = "/api/v2/sdk/captcha";

test.each([
  [undefined, `https://any.test${CAPTCHA}?a=b`, `${CAPTCHA}?a=b`],
  [undefined, "http://localhost:5173/api/v3/send-sms", "/api/v3/send-sms"],
  [undefined, "http://localhost:5173/api/v2/sdk", "/api/v2/sdk"],
  ["/idp", `https://any.test/idp${CAPTCHA}`, CAPTCHA],
  ["/idp/", `https://any.test/idp${CAPTCHA}`, CAPTCHA],
  ["https://idp.test", `https://idp.test${CAPTCHA}`, CAPTCHA],
  ["https://idp.test/tenant/", `https://idp.test/tenant${CAPTCHA}`, CAPTCHA],
])("with the base %j the address %s belongs to the API", (baseUrl, address, path) => {
  const { isMeant, pathOf } = destination(baseUrl);
  expect(isMeant(new URL(address))).toBe(true);
  expect(pathOf(new URL(address))).toBe(path);
});

test.each([
  [undefined, "https://any.test/api/v2/sdks/captcha"],
  [undefined, "https://any.test/api/v1/captcha"],
  [undefined, `https://any.test/idp${CAPTCHA}`],
  [undefined, "https://any.test/__testkit/clock"],
  [undefined, "http://127.0.0.1:4010/__testkit/"],
  [undefined, "http://127.0.0.1:4010//__testkit/clock"],
  [undefined, "https://any.test/api/v2/sdk/../../../__testkit/clock"],
  [undefined, "https://any.test/api/v2/sdk/%2e%2e/%2E./..\\__testkit/clock"],
  ["/idp", "https://any.test/idp/__testkit/clock"],
  ["/idp", "https://any.test/idp/api/v3/../../__testkit/clock"],
  ["/idp", `https://any.test${CAPTCHA}`],
  ["https://idp.test", `http://idp.test${CAPTCHA}`],
  ["https://idp.test", `https://other.test${CAPTCHA}`],
  ["https://idp.test/tenant", `https://idp.test/tenants${CAPTCHA}`],
])("with the base %j the address %s does not belong to the API", (baseUrl, address) => {
  expect(destination(baseUrl).isMeant(new URL(address))).toBe(false);
});

test.each(["idp.example.com", "", "http://"])("an invalid base address, such as %j, is refused", (baseUrl) => {
  expect(() => destination(baseUrl)).toThrow(
    `baseUrl must be an address or a path with a leading slash, not "${baseUrl}"`,
  );
});

test("only headers with the page's own application id are rewritten", () => {
  const headers = { "x-client-id": "app", "x-authing-app-id": "app", "x-genauth-app-id": "other", "x-agent": "app" };
  expect(withClientId(headers, "app", "sandbox")).toEqual({
    "x-client-id": "sandbox",
    "x-authing-app-id": "sandbox",
    "x-genauth-app-id": "other",
    "x-agent": "app",
  });
});

test("a preflight request is answered in browsers that pass it to a route", async () => {
  const mock = stillMock();
  const fulfilled: unknown[] = [];
  const headers = { origin: "https://app.test", "access-control-request-method": "POST" };
  const request = {
    url: () => `https://idp.test${CAPTCHA}`,
    method: () => "OPTIONS",
    allHeaders: async () => headers,
    postDataBuffer: () => null,
  };
  const route = { request: () => request, fulfill: async (response: unknown) => fulfilled.push(response) };
  // The tested function uses only these parts of a route.
  await fulfilFrom(mock, CAPTCHA, route as unknown as Route, () => AbortSignal.abort());
  expect(fulfilled).toMatchObject([
    { status: 204, headers: { "access-control-allow-origin": "https://app.test" }, body: "" },
  ]);
  expect(await mock.requests.list()).toEqual([]);
});
