/** POST verify-update-phone-request through the public door: what it gives, and what a request must look like. */
import { expect, test } from "vitest";
import {
  BIND,
  DECOY_PHONE,
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

test("the codes of both numbers give a token and its lifetime, and change nothing yet", async () => {
  const { mock, account, decoy, send } = await verifying();
  expect(await send()).toEqual(GRANTED);
  expect(await mock.accounts.read(account.id)).toEqual(account);
  expect(await mock.accounts.read(decoy.id)).toEqual(decoy);
});

test("each token is another one, of another run the same", async () => {
  const tokens = [await tokenIn((await verifying()).send()), await tokenIn((await verifying()).send())];
  expect(tokens[0]).toBe(tokens[1]);
  const { mock, send } = await verifying();
  const first = await tokenIn(send());
  const newPhonePassCode = await mock.codes.plant({ to: NEW_PHONE, scene: BIND });
  const oldPhonePassCode = await mock.codes.plant({ to: OWN_PHONE, scene: "CHANNEL_UNBIND_PHONE" });
  expect(await tokenIn(send({ payload: { newPhonePassCode, oldPhonePassCode } }))).not.toBe(first);
});

test.each([undefined, "", "  ", null, 1, true, [], ["PHONE_PASSCODE"], {}, "EMAIL_PASSCODE", "phone_passcode"])(
  "the verifyMethod %j is none",
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
])("%s is missing when it is absent, blank or no text", async (name, message) => {
  const { send } = await verifying();
  for (const value of NO_TEXTS) {
    expect(await send({ payload: { [name]: value } }), JSON.stringify(value)).toEqual(refused("400", message));
  }
  expect(await send()).toEqual(GRANTED);
});

test.each([
  { newPhoneCountryCode: "+86", oldPhoneCountryCode: "+86" },
  { newPhoneCountryCode: null, oldPhoneCountryCode: null },
])("the country code of mainland China may be given, or not: %j", async (payload) => {
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

test.each(["+852", "86", "", 86])(
  "a number with the country code %j that it cannot have is malformed",
  async (code) => {
    const { send } = await verifying();
    const malformed = refused("400", "The phone number is malformed");
    expect(await send({ payload: { newPhoneCountryCode: code } })).toEqual(malformed);
    const mismatch = refused("422/2038", "The old phone number does not match");
    expect(await send({ payload: { oldPhoneCountryCode: code } })).toEqual(mismatch);
  },
);

test("one's own number is refused without a code for it, and so is another's", async () => {
  const { send } = await verifying();
  const own = refused("422/2230", "The new phone number is the same as the old one");
  expect(await send({ payload: { newPhoneNumber: OWN_PHONE, newPhoneCountryCode: "+86" } })).toEqual(own);
  const taken = refused("409/2035", "The phone number is bound already");
  expect(await send({ payload: { newPhoneNumber: DECOY_PHONE, newPhoneCountryCode: "+86" } })).toEqual(taken);
});

test("a number that is freed is free", async () => {
  const { mock, decoy, send } = await verifying();
  const newPhonePassCode = await mock.codes.plant({ to: DECOY_PHONE, scene: BIND });
  const payload = { newPhoneNumber: DECOY_PHONE, newPhonePassCode };
  expect(await send({ payload })).toMatchObject({ body: { apiCode: 2035 } });
  await mock.accounts.delete(decoy.id);
  expect(await send({ payload })).toEqual(GRANTED);
});

test.each([DECOY_PHONE, "13800000009", "1380000000", "text"])("the old number %s is not one's own", async (other) => {
  const { mock, send } = await verifying();
  const oldPhonePassCode = await mock.codes.plant({ to: DECOY_PHONE, scene: "CHANNEL_UNBIND_PHONE" });
  const reply = await send({ payload: { oldPhoneNumber: other, oldPhonePassCode } });
  expect(reply).toEqual(refused("422/2038", "The old phone number does not match"));
});

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

test("who has no number need not prove an old one", async () => {
  const { send } = await numberless();
  expect(await send({})).toEqual(GRANTED);
});

test.each(["", "  ", null, 7, {}])("the old number %j of who has none counts as not given", async (oldPhoneNumber) => {
  const { send } = await numberless();
  expect(await send({ oldPhoneNumber, oldPhonePassCode: "123456" })).toEqual(GRANTED);
});

test.each(["13800000009", "text"])("the old number %s of who has none does not match", async (oldPhoneNumber) => {
  const { mock, send } = await numberless();
  const oldPhonePassCode = await mock.codes.plant({ to: "13800000009", scene: "CHANNEL_UNBIND_PHONE" });
  const mismatch = refused("422/2038", "The old phone number does not match");
  expect(await send({ oldPhoneNumber, oldPhonePassCode })).toEqual(mismatch);
});

test("members of the body and of the payload that no page names are ignored", async () => {
  const { send, decoy } = await verifying();
  const more = { userId: decoy.id, phone: "13800000009", more: { a: [1] } };
  expect(await send({ body: more, payload: more })).toEqual(GRANTED);
});

test("the number of an account of another application is not taken here", async () => {
  const { mock, send } = await verifying();
  const other = await mock.sandboxes.create();
  await holder(other, { mobile: NEW_PHONE });
  expect(await send()).toEqual(GRANTED);
});
