/** One state for both dialects: a change through one shows in the other, but codes and tokens are separate. */
import { expect, test } from "vitest";
import type { Mock } from "../../../../mocks/index.ts";
import {
  BIND,
  CANONICAL_NEW_PHONE,
  genauth,
  NEW_PHONE,
  OWN_PHONE,
  refused,
  success,
  tokenFor,
  updatingPhone,
} from "../../../support/genauth/genauth.ts";
import { api, DONE, refusal, requestSms, sendSms, stillMock } from "../../../support/mock/api.ts";

const SUCCESS = success({ success: true });
const GENAUTH_TAKEN = refused("409/2035", "The phone number is bound already");
const TAKEN = refusal("USER.0035", "Phone number already exists");

/** Changes the number through Bamboocloud. */
async function updateMobile(mock: Mock, id: string, mobile: string) {
  const { idToken } = await mock.accounts.issueTokens(id);
  const verify_code = await mock.codes.plant({ to: mobile, scene: "UPDATE_MOBILE_SMS" });
  return api(mock)("profile/update-mobile", { mobile, verify_code }, { authorization: `Bearer ${idToken}` });
}

async function login(mock: Mock, mobile: string) {
  const verify_code = await mock.codes.plant({ to: mobile, scene: "LOGIN_SMS" });
  return api(mock)("login/mobile-verify-code", { mobile, verify_code });
}

const USER_NOT_FOUND = refusal("USER.0001", "User not found");

test("a number changed through GenAuth can log in through Bamboocloud, and the old one cannot", async () => {
  const { mock, account, send } = await updatingPhone();
  expect(await send()).toEqual(SUCCESS);
  expect(await login(mock, NEW_PHONE)).toMatchObject({ status: 200 });
  expect(await login(mock, OWN_PHONE)).toEqual(USER_NOT_FOUND);
  expect(await mock.accounts.read(account.id)).toMatchObject({ mobile: CANONICAL_NEW_PHONE });
});

test("a number changed through Bamboocloud is in the GenAuth profile, and is the old number there", async () => {
  const { mock, account, signedIn } = await updatingPhone();
  expect(await updateMobile(mock, account.id, "15201657313")).toEqual(DONE);
  const profile = await genauth(mock)("get-profile", undefined, signedIn);
  expect(profile).toMatchObject({ body: { data: { phone: "15201657313", phoneCountryCode: "+86" } } });
  const newPhonePassCode = await mock.codes.plant({ to: "15201657314", scene: BIND });
  const phonePassCodePayload = {
    ...{ newPhoneNumber: "15201657314", newPhonePassCode },
    ...{ oldPhoneNumber: OWN_PHONE, oldPhonePassCode: "123456" },
  };
  const body = { verifyMethod: "PHONE_PASSCODE", phonePassCodePayload };
  expect(await genauth(mock)("verify-update-phone-request", body, signedIn)).toEqual(
    refused("422/2038", "The old phone number does not match"),
  );
});

test("a number taken through GenAuth is taken in Bamboocloud", async () => {
  const { mock, bystander, send } = await updatingPhone();
  await send();
  expect(await updateMobile(mock, bystander.id, NEW_PHONE)).toEqual(TAKEN);
});

test("a number taken through Bamboocloud is taken in GenAuth, even with an earlier token", async () => {
  const { mock, account, bystander, send } = await updatingPhone();
  expect(await updateMobile(mock, bystander.id, NEW_PHONE)).toEqual(DONE);
  expect(await send()).toEqual(GENAUTH_TAKEN);
  await expect(tokenFor(mock, mock, account, NEW_PHONE)).rejects.toThrow("The phone number is bound already");
});

test("a number freed through one dialect is free in the other", async () => {
  const { mock, bystander, account, send } = await updatingPhone();
  await send();
  expect(await updateMobile(mock, bystander.id, OWN_PHONE)).toEqual(DONE);
  const updatePhoneToken = await tokenFor(mock, mock, await mock.accounts.read(account.id), "13800000002");
  expect(await send({ body: { updatePhoneToken } })).toEqual(SUCCESS);
});

test("of two concurrent requests, one through each dialect, one gets the number", async () => {
  const { mock, account, bystander, send } = await updatingPhone();
  const [ours, theirs] = await Promise.all([send(), updateMobile(mock, bystander.id, NEW_PHONE)]);
  expect([SUCCESS, GENAUTH_TAKEN]).toContainEqual(ours);
  expect(theirs).toEqual(Object(ours.body).statusCode === 200 ? TAKEN : DONE);
  const mobiles = [await mock.accounts.read(account.id), await mock.accounts.read(bystander.id)].map(
    ({ mobile }) => mobile,
  );
  expect(mobiles.filter((mobile) => mobile === CANONICAL_NEW_PHONE)).toHaveLength(1);
});

test("codes of one dialect are refused by the other", async () => {
  const { mock, account } = await updatingPhone();
  const { idToken } = await mock.accounts.issueTokens(account.id);
  const verify_code = await mock.codes.plant({ to: NEW_PHONE, scene: BIND, code: "424242" });
  const reply = await api(mock)(
    "profile/update-mobile",
    { mobile: NEW_PHONE, verify_code },
    { authorization: `Bearer ${idToken}` },
  );
  expect(reply).toEqual(refusal("MOBILE.0002", "An unauthenticated cell mobile number"));
});

test("tokens of one dialect are refused by the other", async () => {
  const { mock, account, signedIn } = await updatingPhone();
  const { idToken } = await mock.accounts.issueTokens(account.id);
  const invalid = refusal("PARAM.0016", "IdToken is invalid or expired");
  const bearer = { authorization: `Bearer ${signedIn["authorization"]}` };
  expect(await api(mock)("profile/update-mobile", {}, bearer)).toEqual(invalid);
  const notSignedIn = refused("401/2020", "Not signed in, no permission for this request");
  expect(await genauth(mock)("get-profile", undefined, { authorization: idToken })).toEqual(notSignedIn);
});

test("messages of both dialects share one daily quota, but not the resend interval", async () => {
  const mock = stillMock();
  await mock.policy.patch({ code_daily_limit: 2 });
  expect(await sendSms(mock, NEW_PHONE, "BIND_MOBILE_SMS")).toEqual(DONE);
  expect(await genauth(mock)("send-sms", { channel: BIND, phoneNumber: NEW_PHONE })).toEqual(success());
  await mock.clock.advance({ minutes: 5 });
  const throttled = refused("429", "Too many requests, please try again later");
  expect(await genauth(mock)("send-sms", { channel: BIND, phoneNumber: NEW_PHONE })).toEqual(throttled);
  const failed = refusal("CAPTCHA.0006", "Failed to send verification code");
  expect(await requestSms(mock, NEW_PHONE, "BIND_MOBILE_SMS")).toEqual(failed);
});

test("Bamboocloud codes live five minutes, GenAuth codes one minute", async () => {
  const mock = stillMock();
  await sendSms(mock, NEW_PHONE, "BIND_MOBILE_SMS");
  await genauth(mock)("send-sms", { channel: BIND, phoneNumber: NEW_PHONE });
  const lifetimes = (await mock.messages.list()).map(
    ({ sentAt, expiresAt }) => Date.parse(expiresAt) - Date.parse(sentAt),
  );
  expect(lifetimes).toEqual([300_000, 60_000]);
});

test("one journal and one inbox hold the requests and messages of both dialects", async () => {
  const mock = stillMock();
  await sendSms(mock, NEW_PHONE, "BIND_MOBILE_SMS");
  await genauth(mock)("send-sms", { channel: BIND, phoneNumber: NEW_PHONE });
  expect((await mock.requests.list()).map(({ operation }) => operation)).toEqual(["sendSms", "genauthSendSms"]);
  expect((await mock.messages.list({ to: NEW_PHONE })).map(({ scene }) => scene)).toEqual(["BIND_MOBILE_SMS", BIND]);
});
