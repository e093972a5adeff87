/** The journal of GenAuth calls: decision and reason, without the secrets of request and response. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Mock } from "../../../../mocks/index.ts";
import {
  type Change,
  genauth,
  NEW_PHONE,
  sendingSms,
  tokenIn,
  updatingPhone,
  verifying,
} from "../../../support/genauth/genauth.ts";
import { stillMock } from "../../../support/mock/api.ts";
import { lastExchange } from "../../../support/mock/journal.ts";

async function journal(mock: Mock): Promise<string> {
  const headers = { "x-client-id": mock.clientId };
  return (await mock.fetch("http://genauth.test/__testkit/requests", { headers })).text();
}

test("a verification is recorded with codes, access token and updatePhoneToken masked", async () => {
  const { mock, newCode, oldCode, signedIn, send } = await verifying();
  const token = await tokenIn(send());
  expect(await lastExchange(mock)).toMatchObject({
    operation: "genauthVerifyUpdatePhoneRequest",
    decidedBy: "passed",
    request: {
      method: "POST",
      path: "/api/v3/verify-update-phone-request",
      headers: { "x-authing-app-id": mock.clientId, authorization: "***" },
      body: {
        verifyMethod: "PHONE_PASSCODE",
        phonePassCodePayload: {
          newPhoneNumber: NEW_PHONE,
          newPhonePassCode: "***",
          oldPhoneNumber: "13800000001",
          oldPhonePassCode: "***",
        },
      },
    },
    response: { status: 200, body: { statusCode: 200, data: { updatePhoneToken: "***", tokenExpiresIn: 60 } } },
  });
  const found = await journal(mock);
  for (const secret of [newCode, oldCode, token, signedIn["authorization"] ?? ""]) expect(found).not.toContain(secret);
});

test("a change is recorded with its token masked", async () => {
  const { mock, token, send } = await updatingPhone();
  await send();
  expect(await lastExchange(mock)).toMatchObject({
    operation: "genauthUpdatePhone",
    request: { body: { updatePhoneToken: "***" } },
    response: { status: 200, body: { statusCode: 200, data: { success: true } } },
  });
  expect(await journal(mock)).not.toContain(token);
});

test.each([
  ["a bare access token", (token: string) => token],
  ["one after Bearer", (token: string) => `Bearer ${token}`],
])("%s in Authorization is masked, whether it is valid or not", async (_what, write) => {
  const { mock, signedIn, send } = await verifying();
  const good = signedIn["authorization"] ?? "";
  for (const token of [good, `${good}x`]) await send({ headers: { authorization: write(token) } });
  expect(await journal(mock)).not.toContain(good);
});

test.each<[string, Change, string]>([
  ["verify-method-unknown", { body: { verifyMethod: undefined } }, "verifyMethod is absent"],
  ["verify-method-unknown", { body: { verifyMethod: "EMAIL_PASSCODE" } }, "verifyMethod is EMAIL_PASSCODE"],
  ["verify-method-unknown", { body: { verifyMethod: { newPhonePassCode: "1" } } }, "verifyMethod is not a text"],
  ["new-mobile-missing", { payload: { newPhoneNumber: " " } }, "newPhoneNumber is blank"],
  ["code-missing", { payload: { newPhonePassCode: 135_791 } }, "newPhonePassCode is not a text"],
  ["mobile-malformed", { payload: { newPhoneNumber: "1" } }, "newPhoneNumber is not a valid phone number"],
  ["old-mobile-missing", { payload: { oldPhoneNumber: undefined } }, "oldPhoneNumber is absent"],
  ["old-mobile-missing", { payload: { oldPhonePassCode: undefined } }, "oldPhonePassCode is absent"],
  ["mobile-own", { payload: { newPhoneNumber: "13800000001" } }, "+86-13800000001 is the account's own number"],
  ["mobile-taken", { payload: { newPhoneNumber: "13800000002" } }, "+86-13800000002 belongs to another account"],
  ["old-mobile-mismatch", { payload: { oldPhoneNumber: "1" } }, "oldPhoneNumber is not the account's number"],
  [
    "code-unknown",
    { payload: { newPhoneNumber: "15201657313" } },
    "no CHANNEL_BIND_PHONE code was sent to +86-15201657313",
  ],
  [
    "code-wrong",
    { payload: { newPhonePassCode: "000000" } },
    "this is not the CHANNEL_BIND_PHONE code that was sent to +86-15201657312 (wrong attempt 1 of 5)",
  ],
  [
    "old-code-wrong",
    { payload: { oldPhonePassCode: "000000" } },
    "this is not the CHANNEL_UNBIND_PHONE code that was sent to +86-13800000001 (wrong attempt 1 of 5)",
  ],
])("%s of %j gives the reason", async (check, change, why) => {
  const { mock, send } = await verifying();
  await send(change);
  expect(await lastExchange(mock)).toMatchObject({ decidedBy: check, why });
});

test("the reason for a bad updatePhoneToken or an early send names the policy", async () => {
  const { mock, send } = await updatingPhone();
  const why = async () => (await lastExchange(mock))?.why;
  await send({ body: { updatePhoneToken: "xxxx" } });
  expect(await why()).toBe("this token was never issued");
  await mock.clock.advance({ seconds: 61.5 });
  await send();
  expect(await why()).toBe("the token expired 1 s ago (update_phone_token_ttl_seconds)");
  const sending = await sendingSms();
  for (let times = 0; times < 2; times++) await sending.send();
  expect((await lastExchange(sending.mock))?.why).toBe("the next message may be sent in 60 s (code_resend_seconds)");
});

/** Long enough not to occur by chance, and unchanged by JSON. */
const secret = fc.stringMatching(/^[A-Za-z0-9]{12,20}$/);
const secrets = fc.record({ newPhonePassCode: secret, oldPhonePassCode: secret, updatePhoneToken: secret });
type Secrets = typeof secrets extends fc.Arbitrary<infer Value> ? Value : never;

const WRITTEN: readonly ((fields: Secrets) => string)[] = [
  (fields) => JSON.stringify(fields),
  (fields) => JSON.stringify({ verifyMethod: fields, channel: fields, phoneNumber: fields, ...fields }),
  (fields) => JSON.stringify({ verifyMethod: "PHONE_PASSCODE", phonePassCodePayload: fields }),
  (fields) => JSON.stringify({ verifyMethod: [fields], phonePassCodePayload: { newPhoneNumber: [[fields]] } }),
  (fields) => JSON.stringify([fields]),
  (fields) => JSON.stringify(fields).slice(0, -1),
  (fields) => new URLSearchParams(fields).toString(),
];

test("no secret is in the journal, wherever it stands in the body", async () => {
  const mock = stillMock();
  const paths = fc.constantFrom("send-sms", "verify-update-phone-request", "update-phone", "not-emulated");
  const writing = fc.constantFrom(...WRITTEN);
  const { id } = await mock.accounts.create({});
  const { accessToken } = await mock.accounts.issueTokens(id);
  const property = fc.asyncProperty(paths, secrets, writing, fc.boolean(), async (path, fields, write, signedIn) => {
    const authorization = signedIn ? accessToken : fields.updatePhoneToken;
    const headers = { "x-authing-app-id": mock.clientId, authorization };
    await mock.fetch(`http://genauth.test/api/v3/${path}`, { method: "POST", headers, body: write(fields) });
    const found = await journal(mock);
    expect([...Object.values(fields), accessToken].filter((text) => found.includes(text))).toEqual([]);
  });
  await fc.assert(property, { numRuns: 150 });
});

test("values that are not secret are in the journal", async () => {
  const mock = stillMock();
  await genauth(mock)("send-sms", { channel: "CHANNEL_LOGIN", phoneNumber: NEW_PHONE });
  expect(await journal(mock)).toContain(NEW_PHONE);
});
