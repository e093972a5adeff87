/**
 * The vendor's SDK as an application uses it, as tests for any adapter: a change of number, and the form of each refusal in the
 * SDK. Knows the adapter only by its address.
 */
import { AuthenticationClient, Models } from "authing-node-sdk";
import { expect, test } from "vitest";
import type { Mock } from "../../../mocks/index.ts";
import { genauthWordings, operations } from "../../unit/spec/documents.ts";
import { stillMock } from "../mock/api.ts";
import { NEW_PHONE, OWN_PHONE } from "./genauth.ts";

/** Opens the adapter for the mock until the test is over; returns its address. */
export type Open = (mock: Mock) => string | Promise<string>;

const { channel } = Models.SendSMSDto;
const { verifyMethod } = Models.VerifyUpdatePhoneRequestDto;

/** The SDK for the mock's application; any secret will do. */
export function clientOf(appHost: string, mock: Mock, accessToken?: string): AuthenticationClient {
  const client = new AuthenticationClient({ appId: mock.clientId, appSecret: "any", appHost });
  if (accessToken !== undefined) client.setAccessToken(accessToken);
  return client;
}

/** A mock behind the adapter, an account in it, and the SDK signed in to that account. */
export async function signedIn(open: Open) {
  const mock = stillMock();
  const appHost = await open(mock);
  const account = await mock.accounts.create({ mobile: OWN_PHONE, name: "River" });
  const { accessToken } = await mock.accounts.issueTokens(account.id);
  const client = clientOf(appHost, mock, accessToken);

  /** Sends codes to both numbers through the SDK, and reads them in the inbox. */
  async function proof(newPhoneNumber = NEW_PHONE) {
    await client.sendSms({ channel: channel.CHANNEL_BIND_PHONE, phoneNumber: newPhoneNumber });
    await client.sendSms({ channel: channel.CHANNEL_UNBIND_PHONE, phoneNumber: OWN_PHONE, phoneCountryCode: "+86" });
    const codeTo = async (to: string) => (await mock.messages.list({ to })).at(-1)?.code ?? "";
    return {
      ...{ newPhoneNumber, newPhonePassCode: await codeTo(newPhoneNumber) },
      ...{ oldPhoneNumber: OWN_PHONE, oldPhonePassCode: await codeTo(OWN_PHONE) },
    };
  }

  const verify = (phonePassCodePayload: Awaited<ReturnType<typeof proof>>) =>
    client.verifyUpdatePhoneRequest({ verifyMethod: verifyMethod.PHONE_PASSCODE, phonePassCodePayload });

  return { mock, appHost, account, client, proof, verify };
}

/** Every response has one. */
const REQUEST_ID = expect.stringMatching(/^[0-9a-f-]{36}$/);

const done = { statusCode: 200, message: "Operation successful", requestId: REQUEST_ID };

/** A valid call of each operation; scheduled faults ignore the bodies. */
const CALLS: Readonly<Record<string, (client: AuthenticationClient) => Promise<unknown>>> = {
  genauthSendSms: (client) => client.sendSms({ channel: channel.CHANNEL_LOGIN, phoneNumber: NEW_PHONE }),
  genauthVerifyUpdatePhoneRequest: (client) =>
    client.verifyUpdatePhoneRequest({
      verifyMethod: verifyMethod.PHONE_PASSCODE,
      phonePassCodePayload: { newPhoneNumber: NEW_PHONE, newPhonePassCode: "123456" },
    }),
  genauthUpdatePhone: (client) => client.updatePhone({ updatePhoneToken: "xxxx" }),
  genauthGetProfile: (client) => client.getProfile({}),
};

const refusals = operations
  .filter(({ operationId }) => operationId in CALLS)
  .flatMap(({ operationId, "x-ciam-checks": checks }) =>
    checks.flatMap((check) =>
      genauthWordings.filter(({ name }) => name === check).map((wording) => ({ operationId, check, ...wording })),
    ),
  );

/** Declares the SDK's tests for this adapter. */
export function sdkTests(adapter: string, open: Open): void {
  test(`${adapter}: the SDK changes a number, from the first code to the profile`, async () => {
    const { mock, account, client, proof, verify } = await signedIn(open);
    const codes = await proof();
    const verified = await verify(codes);
    expect(verified).toEqual({ ...done, data: { updatePhoneToken: expect.any(String), tokenExpiresIn: 60 } });
    const { updatePhoneToken } = verified.data;
    expect(await client.updatePhone({ updatePhoneToken })).toEqual({ ...done, data: { success: true } });
    const { data: profile } = await client.getProfile({});
    expect(profile).toMatchObject({ userId: account.id, phone: NEW_PHONE, phoneCountryCode: "+86", name: "River" });
    expect(await mock.accounts.read(account.id)).toMatchObject({ mobile: `+86-${NEW_PHONE}` });
    const decisions = (await mock.requests.list()).map(({ operation, decidedBy }) => `${operation} ${decidedBy}`);
    expect(decisions).toEqual([
      ...["genauthSendSms passed", "genauthSendSms passed", "genauthVerifyUpdatePhoneRequest passed"],
      ...["genauthUpdatePhone passed", "genauthGetProfile passed"],
    ]);
  });

  test(`${adapter}: a wrong, a late and a used code, a late and a used token resolve with their statusCode`, async () => {
    const { mock, client, proof, verify } = await signedIn(open);
    const codes = await proof();
    expect(await verify({ ...codes, newPhonePassCode: "000000" })).toMatchObject({ statusCode: 400, apiCode: 2001 });
    await mock.clock.advance({ minutes: 1 });
    expect(await verify(codes)).toMatchObject({ statusCode: 400, apiCode: 2300 });
    const fresh = await proof();
    const { updatePhoneToken } = (await verify(fresh)).data;
    expect(await verify(fresh)).toMatchObject({ statusCode: 400, apiCode: 2001 });
    await mock.clock.advance({ minutes: 1 });
    const late = { statusCode: 400, message: "updatePhoneToken has expired", requestId: REQUEST_ID };
    expect(await client.updatePhone({ updatePhoneToken })).toEqual(late);
    const again = (await verify(await proof())).data;
    await client.updatePhone(again);
    const used = { statusCode: 400, message: "updatePhoneToken is invalid", requestId: REQUEST_ID };
    expect(await client.updatePhone(again)).toEqual(used);
  });

  test(`${adapter}: haste, another's number, no sign-in and no application resolve with their statusCode`, async () => {
    const { mock, appHost, client, proof, verify } = await signedIn(open);
    const codes = await proof();
    const send = () => client.sendSms({ channel: channel.CHANNEL_BIND_PHONE, phoneNumber: NEW_PHONE });
    expect(await send()).toMatchObject({ statusCode: 429 });
    await mock.accounts.create({ mobile: NEW_PHONE });
    expect(await verify(codes)).toMatchObject({ statusCode: 409, apiCode: 2035 });
    expect(await clientOf(appHost, mock).getProfile({})).toMatchObject({ statusCode: 401, apiCode: 2020 });
    const unknownApp = { appId: "an-id-of-nobody", appSecret: "any", appHost };
    expect(await new AuthenticationClient(unknownApp).getProfile({})).toMatchObject({ statusCode: 404, apiCode: 2011 });
  });

  test.each(refusals)(
    `${adapter}: $operationId resolves with $code for $check, for its HTTP status is 200`,
    async (refusal) => {
      const { operationId, check, statusCode, apiCode, message } = refusal;
      const { mock, client } = await signedIn(open);
      await mock.faults.add({ operation: operationId, check });
      const said = { statusCode, message: message.en, requestId: REQUEST_ID };
      expect(await CALLS[operationId]?.(client)).toEqual(apiCode === undefined ? said : { ...said, apiCode });
    },
  );

  test.each(refusals)(`${adapter}: under mirror $operationId rejects with $statusCode for $check`, async (refusal) => {
    const { operationId, check, statusCode, apiCode, message } = refusal;
    const { mock, client } = await signedIn(open);
    await mock.policy.patch({ genauth_http_status: "mirror" });
    await mock.faults.add({ operation: operationId, check });
    const data = { statusCode, message: message.en, requestId: REQUEST_ID };
    await expect(CALLS[operationId]?.(client)).rejects.toMatchObject({
      name: "AxiosError",
      message: `Request failed with status code ${statusCode}`,
      code: statusCode < 500 ? "ERR_BAD_REQUEST" : "ERR_BAD_RESPONSE",
      response: { status: statusCode, data: apiCode === undefined ? data : { ...data, apiCode } },
    });
  });
}
