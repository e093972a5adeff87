/** POST verify-update-phone-request: its result, and the form of a request. */
import { expect, test } from "vitest";
import {
  BIND,
  BYSTANDER_PHONE,
  genauth,
  holder,
  NEW_PHONE,
  OWN_PHONE,
  refused,
  success,
  tokenIn,
  verifying,
} from "../../../support/genauth/genauth.ts";
import { stillMock } from "../../../support/mock/api.ts";
import { lastDecision } from "../../../support/mock/journal.ts";

const GRANTED = success({ updatePhoneToken: expect.stringMatching(/^[0-9a-f]{64}$/), tokenExpiresIn: 60 });

test("the codes of both numbers give a token with its lifetime, and change nothing yet", async () => {
  const { mock, account, bystander, send } = await verifying();
  expect(await send()).toEqual(GRANTED);
  expect(await mock.accounts.read(account.id)).toEqual(account);
  expect(await mock.accounts.read(bystander.id)).toEqual(bystander);
});

test("each token is different, and the same in another run", async () => {
  const tokens = [await tokenIn((await verifying()).send()), await tokenIn((await verifying()).send())];
  expect(tokens[0]).toBe(tokens[1]);
  const { mock, send } = await verifying();
  const first = await tokenIn(send());
  const newPhonePassCode = await mock.codes.plant({ to: NEW_PHONE, scene: BIND });
  const oldPhonePassCode = await mock.codes.plant({ to: OWN_PHONE, scene: "CHANNEL_UNBIND_PHONE" });
  expect(await tokenIn(send({ payload: { newPhonePassCode, oldPhonePassCode } }))).not.toBe(first);
});

test.each([undefined, "", "  ", null, 1, true, [], ["PHONE_PASSCODE"], {}, "EMAIL_PASSCODE", "phone_passcode"])(
  "the verifyMethod %j is unknown",
  async (verifyMethod) => {
    const { mock, send } = await verifying();
    const reply = refused("400", "verifyMethod must be PHONE_PASSCODE");
    expect(await send({ body: { verifyMethod } })).toEqual(reply);
    expect(await lastDecision(mock)).toBe("verify-method-unknown");
    expect(await send()).toEqual(GRANTED);
  },
);

test.each([undefined, null, "", "text", 7, true, [], [[]], {}, ["newPhoneNumber"]])(
  "a phonePassCodePayload that is %j has no number",
  async (phonePassCodePayload) => {
    const { send } = await verifying();
    expect(await send({ body: { phonePassCodePayload } })).toEqual(refused("400", "newPhoneNumber is required"));
  },
);

const NO_TEXTS: readonly unknown[] = [undefined, "", " \t", null, 135_791, true, {}, ["135791"]];

test.each([
  ["newPhoneNumber", "newPhoneNumber is required"],
  ["newPhonePassCode", "newPhonePassCode is required"],
  ["oldPhoneNumber", "oldPhoneNumber and oldPhonePassCode are required"],
  ["oldPhonePassCode", "oldPhoneNumber and oldPhonePassCode are required"],
])("%s is reported as missing when it is absent, blank or not a text", async (name, message) => {
  const { send } = await verifying();
  for (const value of NO_TEXTS) {
    expect(await send({ payload: { [name]: value } }), JSON.stringify(value)).toEqual(refused("400", message));
  }
  expect(await send()).toEqual(GRANTED);
});

test.each([
  { newPhoneCountryCode: "+86", oldPhoneCountryCode: "+86" },
  { newPhoneCountryCode: null, oldPhoneCountryCode: null },
])("the country code of mainland China is optional: %j", async (payload) => {
  const { send } = await verifying();
  expect(await send({ payload })).toEqual(GRANTED);
});

test("the new number may be of another country", async () => {
  const { mock, send } = await verifying();
  const newPhonePassCode = await mock.codes.plant({ to: "+85251234567", scene: BIND });
  const payload = { newPhoneNumber: "51234567", newPhonePassCode };
  expect(await send({ payload })).toEqual(refused("400", "The phone number is malformed"));
  expect(await send({ payload: { ...payload, newPhoneCountryCode: "+852" } })).toEqual(GRANTED);
});

test.each(["+852", "86", "", 86])("a number with the impossible country code %j is malformed", async (code) => {
  const { send } = await verifying();
  const malformed = refused("400", "The phone number is malformed");
  expect(await send({ payload: { newPhoneCountryCode: code } })).toEqual(malformed);
  const mismatch = refused("422/2038", "The old phone number does not match");
  expect(await send({ payload: { oldPhoneCountryCode: code } })).toEqual(mismatch);
});

test("the account's own number and another account's number are refused without a code", async () => {
  const { send } = await verifying();
  const own = refused("422/2230", "The new phone number is the same as the old one");
  expect(await send({ payload: { newPhoneNumber: OWN_PHONE, newPhoneCountryCode: "+86" } })).toEqual(own);
  const taken = refused("409/2035", "The phone number is bound already");
  expect(await send({ payload: { newPhoneNumber: BYSTANDER_PHONE, newPhoneCountryCode: "+86" } })).toEqual(taken);
});

test("a number that was freed can be taken", async () => {
  const { mock, bystander, send } = await verifying();
  const newPhonePassCode = await mock.codes.plant({ to: BYSTANDER_PHONE, scene: BIND });
  const payload = { newPhoneNumber: BYSTANDER_PHONE, newPhonePassCode };
  expect(await send({ payload })).toMatchObject({ body: { apiCode: 2035 } });
  await mock.accounts.delete(bystander.id);
  expect(await send({ payload })).toEqual(GRANTED);
});

test.each([BYSTANDER_PHONE, "13800000009", "1380000000", "text"])(
  "the old number %s does not match the account",
  async (other) => {
    const { mock, send } = await verifying();
    const oldPhonePassCode = await mock.codes.plant({ to: BYSTANDER_PHONE, scene: "CHANNEL_UNBIND_PHONE" });
    const reply = await send({ payload: { oldPhoneNumber: other, oldPhonePassCode } });
    expect(reply).toEqual(refused("422/2038", "The old phone number does not match"));
  },
);

/** An account without a number, its proof of a new one, and the request. */
async function numberless() {
  const mock = stillMock();
  const account = await mock.accounts.create({ email: "river@ciam.test" });
  const { accessToken: authorization } = await mock.accounts.issueTokens(account.id);
  const newPhonePassCode = await mock.codes.plant({ to: NEW_PHONE, scene: BIND });
  const send = (old: object) => {
    const phonePassCodePayload = { newPhoneNumber: NEW_PHONE, newPhonePassCode, ...old };
    const body = { verifyMethod: "PHONE_PASSCODE", phonePassCodePayload };
    return genauth(mock)("verify-update-phone-request", body, { authorization });
  };
  return { mock, send };
}

test("an account without a number needs no proof of an old number", async () => {
  const { send } = await numberless();
  expect(await send({})).toEqual(GRANTED);
});

test.each(["", "  ", null, 7, {}])(
  "for an account without a number, the old number %j counts as absent",
  async (oldPhoneNumber) => {
    const { send } = await numberless();
    expect(await send({ oldPhoneNumber, oldPhonePassCode: "123456" })).toEqual(GRANTED);
  },
);

test.each(["13800000009", "text"])(
  "for an account without a number, the old number %s does not match",
  async (oldPhoneNumber) => {
    const { mock, send } = await numberless();
    const oldPhonePassCode = await mock.codes.plant({ to: "13800000009", scene: "CHANNEL_UNBIND_PHONE" });
    const mismatch = refused("422/2038", "The old phone number does not match");
    expect(await send({ oldPhoneNumber, oldPhonePassCode })).toEqual(mismatch);
  },
);

test("unknown fields of the body and of the payload are ignored", async () => {
  const { send, bystander } = await verifying();
  const more = { userId: bystander.id, phone: "13800000009", more: { a: [1] } };
  expect(await send({ body: more, payload: more })).toEqual(GRANTED);
});

test("the number of an account of another application is not taken here", async () => {
  const { mock, send } = await verifying();
  const other = await mock.sandboxes.create();
  await holder(other, { mobile: NEW_PHONE });
  expect(await send()).toEqual(GRANTED);
});
