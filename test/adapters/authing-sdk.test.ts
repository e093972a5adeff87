/** The vendor's SDK `authing-node-sdk` against the server and msw 3, and what its constructor requires. */
import { AuthenticationClient } from "authing-node-sdk";
import { setupServer } from "msw/node";
import { expect, onTestFinished, test } from "vitest";
import { handlers } from "../../mocks/adapters/msw.ts";
import type { Mock } from "../../mocks/index.ts";
import { clientOf, sdkTests, signedIn } from "../support/genauth/authing-sdk.ts";
import { stillMock } from "../support/mock/api.ts";
import { served } from "../support/mock/served.ts";

const serve = async (mock: Mock) => (await served(mock)).url;

/** Everything below the address belongs to the mock; no other server is there. */
function intercept(mock: Mock, baseUrl: string): string {
  const server = setupServer(...handlers(mock, { baseUrl }));
  server.listen();
  onTestFinished(() => server.close());
  return baseUrl;
}

sdkTests("serve", serve);
sdkTests("msw 3", (mock) => intercept(mock, "https://example.authing.test"));

const PROFILE = { statusCode: 200, data: { phone: "13800000001" } };

test("the SDK accepts a server address with a trailing slash, and with localhost", async () => {
  for (const write of [(url: string) => `${url}/`, (url: string) => url.replace("127.0.0.1", "localhost")]) {
    const { client } = await signedIn(async (mock) => write(await serve(mock)));
    expect(await client.getProfile({})).toMatchObject(PROFILE);
  }
});

test("the SDK refuses the address localhost without a scheme", async () => {
  const { client } = await signedIn(async (mock) => (await serve(mock)).replace("http://127.0.0.1", "localhost"));
  await expect(client.getProfile({})).rejects.toMatchObject({
    name: "AxiosError",
    code: "ERR_BAD_REQUEST",
    message: "Unsupported protocol localhost:",
  });
});

test("the SDK uses https for any other address without a scheme", async () => {
  const { mock, appHost } = await signedIn((mock) => intercept(mock, "https://example.authing.test"));
  const { id } = await mock.accounts.create({ mobile: "13800000003" });
  const { accessToken } = await mock.accounts.issueTokens(id);
  const client = clientOf(appHost.replace("https://", ""), mock, accessToken);
  expect(await client.getProfile({})).toMatchObject({ data: { phone: "13800000003" } });
});

test("the SDK accepts an address with a path", async () => {
  const { client } = await signedIn((mock) => intercept(mock, "https://idp.test/tenant/a"));
  expect(await client.getProfile({})).toMatchObject(PROFILE);
});

test("the mock accepts a token that the SDK stores with Bearer before it", async () => {
  const { mock, appHost, account } = await signedIn(serve);
  const { accessToken } = await mock.accounts.issueTokens(account.id);
  expect(await clientOf(appHost, mock, `Bearer ${accessToken}`).getProfile({})).toMatchObject(PROFILE);
});

test("the SDK sends the application id, and the access token without a scheme", async () => {
  const { mock, client } = await signedIn(serve);
  await client.getProfile({});
  const [exchange] = await mock.requests.list();
  expect(exchange?.request.headers).toMatchObject({ "x-authing-app-id": mock.clientId, authorization: "***" });
  expect(exchange?.request.path).toBe("/api/v3/get-profile");
});

test.each([
  [{ appId: "", appSecret: "any", appHost: "http://127.0.0.1:4010" }, "appId is not provided"],
  [{ appId: "any", appSecret: "any", appHost: "" }, "appHost is not provided"],
  [{ appId: "any", appHost: "http://127.0.0.1:4010" }, "appSecret is not provided when"],
])("the SDK requires all three fields of %j", (options, message) => {
  expect(() => new AuthenticationClient(options)).toThrow(`Init AuthenticationClient failed: ${message}`);
});

test('the SDK requires the setting "none" in place of a secret; the mock does not require it', async () => {
  const mock = stillMock();
  const options = { appId: mock.clientId, appHost: await serve(mock), tokenEndPointAuthMethod: "none" } as const;
  expect(await new AuthenticationClient(options).getProfile({})).toMatchObject({ statusCode: 401, apiCode: 2020 });
});

test("a reset connection rejects with the error of a dropped connection", async () => {
  const { mock, client } = await signedIn(serve);
  await mock.faults.add({ operation: "genauthUpdatePhone", transport: "reset" });
  const rejected = expect(client.updatePhone({ updatePhoneToken: "xxxx" })).rejects;
  await rejected.toMatchObject({ code: "ECONNRESET", isAxiosError: true });
});
