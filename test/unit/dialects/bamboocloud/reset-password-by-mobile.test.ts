/** POST pwd/update-by-mobile without Authorization. */
import { expect, test } from "vitest";
import { api, DONE, refusal, sendSms } from "../../../support/mock/api.ts";
import { lastDecision } from "../../../support/mock/journal.ts";
import { accountsOf } from "../../../support/mock/mistakes.ts";
import { NEW_PASSWORD, PASSWORD, resettingPassword } from "../../../support/mock/situations.ts";

const SCENE = "FORGET_PWD_SMS";
const WRONG_CODE = refusal("CAPTCHA.0007", "Incorrect verification code");
const NO_NUMBER = refusal("USER.0004", "Mobile number cannot be empty");
const USER_NOT_FOUND = refusal("USER.0001", "User not found");
const WEAK = refusal("PWD.0005", "The password is weak");

async function prepared() {
  const situation = await resettingPassword();
  const { mock, account, bystander, send } = situation;
  const reset = (body: Record<string, unknown> = {}) => send({ body });
  const hasPassword = (password: string) => mock.accounts.hasPassword(account.id, password);
  const bystanderHasPassword = (password: string) => mock.accounts.hasPassword(bystander.id, password);
  return { ...situation, situation, reset, hasPassword, bystanderHasPassword };
}

test("a reset with the code sent to the account's number sets a new password", async () => {
  const { mock, path, hasPassword } = await prepared();
  await mock.clock.advance({ minutes: 2 });
  expect(await sendSms(mock, "13800000001", SCENE)).toEqual(DONE);
  const { code: verify_code } = await mock.messages.wait({ to: "13800000001", scene: SCENE });
  const body = { mobile: "13800000001", verify_code, password: "P@sdsdfsdfds" };
  expect(await api(mock)(path, body)).toEqual(DONE);
  expect(await hasPassword("P@sdsdfsdfds")).toBe(true);
});

test("the new password works, the old one does not, and the other account keeps its own", async () => {
  const { reset, hasPassword, bystanderHasPassword } = await prepared();
  expect(await reset()).toEqual(DONE);
  expect(await hasPassword(NEW_PASSWORD)).toBe(true);
  expect(await hasPassword(PASSWORD)).toBe(false);
  expect(await bystanderHasPassword(PASSWORD)).toBe(true);
});

test("the reset changes nothing but the password", async () => {
  const { situation, reset } = await prepared();
  const before = await accountsOf(situation);
  await reset();
  const account = { ...before.account, hasOldPassword: false };
  expect(await accountsOf(situation)).toEqual({ account, bystander: before.bystander });
});

test.each(["13800000001", "+8613800000001", "+86-13800000001", "-13800000001"])(
  "the number may be written %s",
  async (mobile) => {
    const { reset, hasPassword } = await prepared();
    expect(await reset({ mobile })).toEqual(DONE);
    expect(await hasPassword(NEW_PASSWORD)).toBe(true);
  },
);

test.each(["", "   "])("a blank Authorization ('%s') counts as absent", async (authorization) => {
  const { send, hasPassword } = await prepared();
  expect(await send({ headers: { authorization } })).toEqual(DONE);
  expect(await hasPassword(NEW_PASSWORD)).toBe(true);
});

test("a bad Authorization is refused, whatever the body contains", async () => {
  const { send, hasPassword } = await prepared();
  expect(await send({ headers: { authorization: "Bearer nonsense" } })).toEqual(
    refusal("PARAM.0016", "IdToken is invalid or expired"),
  );
  expect(await hasPassword(PASSWORD)).toBe(true);
});

test("an account's token turns the request into a change, and a reset code is refused", async () => {
  const { send, bystanderSignedIn, hasPassword, bystanderHasPassword } = await prepared();
  expect(await send({ headers: bystanderSignedIn })).toEqual(WRONG_CODE);
  expect(await hasPassword(PASSWORD)).toBe(true);
  expect(await bystanderHasPassword(PASSWORD)).toBe(true);
});

const NOT_A_TEXT = [
  ["empty", ""],
  ["blank", "  "],
  ["null", null],
  ["a number", 13800000001],
  ["true", true],
  ["an array with a text in it", ["13800000001"]],
  ["an object", { value: "13800000001" }],
  ["absent", undefined],
] as const;

test.each(NOT_A_TEXT)("without Authorization a mobile that is %s is reported as missing", async (_what, mobile) => {
  const { mock, reset, hasPassword } = await prepared();
  expect(await reset({ mobile })).toEqual(NO_NUMBER);
  expect(await lastDecision(mock)).toBe("mobile-missing");
  expect(await hasPassword(PASSWORD)).toBe(true);
});

test.each(NOT_A_TEXT)("a verify_code that is %s is reported as missing", async (_what, verify_code) => {
  const { mock, reset } = await prepared();
  expect(await reset({ verify_code })).toEqual(refusal("PARAM.0009", "Verification code cannot be empty"));
  expect(await lastDecision(mock)).toBe("code-missing");
});

test.each(NOT_A_TEXT)("a password that is %s is reported as missing", async (_what, password) => {
  const { mock, reset, hasPassword } = await prepared();
  expect(await reset({ password })).toEqual(refusal("USER.0006", "Password cannot be empty"));
  expect(await lastDecision(mock)).toBe("password-missing");
  expect(await hasPassword(PASSWORD)).toBe(true);
});

test.each([
  ["unknown", "13900000000"],
  ["one digit short", "1380000000"],
  ["one digit long", "138000000012"],
  ["of another country", "+852-51234567"],
  ["a word", "mobile"],
  ["an e-mail address", "river@ciam.test"],
  ["a user name", "skylark"],
])("a number that is %s is unknown", async (_what, mobile) => {
  const { situation, mock, reset } = await prepared();
  const before = await accountsOf(situation);
  expect(await reset({ mobile })).toEqual(USER_NOT_FOUND);
  expect(await lastDecision(mock)).toBe("account-unknown");
  expect(await accountsOf(situation)).toEqual(before);
});

test("an unknown number is reported even with a good code", async () => {
  const { mock, reset } = await prepared();
  const verify_code = await mock.codes.plant({ to: "13900000000", scene: SCENE });
  expect(await reset({ mobile: "13900000000", verify_code })).toEqual(USER_NOT_FOUND);
});

test("the number of a deleted account is unknown", async () => {
  const { mock, account, reset } = await prepared();
  await mock.accounts.delete(account.id);
  expect(await reset()).toEqual(USER_NOT_FOUND);
});

test.each(["UPDATE_PWD_SMS", "REGISTER_SMS", "LOGIN_SMS", "UPDATE_MOBILE_SMS", "BIND_MOBILE_SMS"])(
  "a code of scene %s is refused for a reset",
  async (scene) => {
    const { mock, reset, hasPassword } = await prepared();
    const verify_code = await mock.codes.plant({ to: "13800000001", scene });
    expect(await reset({ verify_code })).toEqual(WRONG_CODE);
    expect(await hasPassword(PASSWORD)).toBe(true);
  },
);

test("the code of one account is refused for another account", async () => {
  const { mock, reset, bystanderHasPassword } = await prepared();
  await mock.codes.plant({ to: "13800000002", scene: SCENE });
  expect(await reset({ mobile: "13800000002" })).toEqual(WRONG_CODE);
  expect(await bystanderHasPassword(PASSWORD)).toBe(true);
});

test("a reset code works once", async () => {
  const { reset, hasPassword } = await prepared();
  expect(await reset()).toEqual(DONE);
  expect(await reset({ password: "Other-Hill-8" })).toEqual(WRONG_CODE);
  expect(await hasPassword(NEW_PASSWORD)).toBe(true);
});

test("a refused password changes nothing and keeps the code valid, any number of times", async () => {
  const { reset, hasPassword } = await prepared();
  for (let tries = 0; tries < 6; tries++) expect(await reset({ password: "Passw0rd" })).toEqual(WEAK);
  expect(await hasPassword(PASSWORD)).toBe(true);
  expect(await reset()).toEqual(DONE);
  expect(await hasPassword(NEW_PASSWORD)).toBe(true);
});

test("unknown fields of the body are ignored", async () => {
  const { situation, bystander, reset } = await prepared();
  const before = await accountsOf(situation);
  expect(await reset({ id: bystander.id, username: "other", email: "bystander@ciam.test", more: [] })).toEqual(DONE);
  const account = { ...before.account, hasOldPassword: false };
  expect(await accountsOf(situation)).toEqual({ account, bystander: before.bystander });
});
