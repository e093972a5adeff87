/** POST pwd/update-by-mobile with Authorization. */
import { expect, test } from "vitest";
import { api, DONE, MOBILE, refusal, sendSms, signedInAccount } from "../../../support/mock/api.ts";
import { lastDecision } from "../../../support/mock/journal.ts";
import { accountsOf } from "../../../support/mock/mistakes.ts";
import { NEW_PASSWORD, PASSWORD, updatingPassword } from "../../../support/mock/situations.ts";

const SCENE = "UPDATE_PWD_SMS";
const WRONG_CODE = refusal("CAPTCHA.0007", "Incorrect verification code");
const NO_NUMBER = refusal("USER.0004", "Mobile number cannot be empty");
const WEAK = refusal("PWD.0005", "The password is weak");

async function prepared() {
  const situation = await updatingPassword();
  const { mock, account, bystander, send } = situation;
  const update = (body: Record<string, unknown> = {}) => send({ body });
  const hasPassword = (password: string) => mock.accounts.hasPassword(account.id, password);
  const bystanderHasPassword = (password: string) => mock.accounts.hasPassword(bystander.id, password);
  return { ...situation, situation, update, hasPassword, bystanderHasPassword };
}

test("a change with the code sent to the account's own number, area code included, sets a new password", async () => {
  const { mock, update, hasPassword } = await prepared();
  await mock.clock.advance({ minutes: 2 });
  expect(await sendSms(mock, "+86-13800000001", SCENE)).toEqual(DONE);
  const { code: verify_code } = await mock.messages.wait({ to: "13800000001", scene: SCENE });
  expect(await update({ verify_code, password: "P@ssw0rd" })).toEqual(DONE);
  expect(await hasPassword("P@ssw0rd")).toBe(true);
});

test("the new password works, the old one does not, and the other account keeps its own", async () => {
  const { update, hasPassword, bystanderHasPassword } = await prepared();
  expect(await update()).toEqual(DONE);
  expect(await hasPassword(NEW_PASSWORD)).toBe(true);
  expect(await hasPassword(PASSWORD)).toBe(false);
  expect(await bystanderHasPassword(PASSWORD)).toBe(true);
});

test("the change touches nothing but the password", async () => {
  const { situation, update } = await prepared();
  const before = await accountsOf(situation);
  await update();
  const account = { ...before.account, hasOldPassword: false };
  expect(await accountsOf(situation)).toEqual({ account, bystander: before.bystander });
});

test("with a mobile in the body, the token's account changes and the other account does not", async () => {
  const { mock, update, hasPassword, bystanderHasPassword } = await prepared();
  await mock.codes.plant({ to: "13800000002", scene: SCENE });
  await mock.codes.plant({ to: "13800000002", scene: "FORGET_PWD_SMS" });
  expect(await update({ mobile: "13800000002" })).toEqual(DONE);
  expect(await hasPassword(NEW_PASSWORD)).toBe(true);
  expect(await bystanderHasPassword(NEW_PASSWORD)).toBe(false);
  expect(await bystanderHasPassword(PASSWORD)).toBe(true);
});

test.each([SCENE, "FORGET_PWD_SMS"])(
  "with a mobile in the body, the %s code of that number is refused",
  async (scene) => {
    const { mock, update, hasPassword, bystanderHasPassword } = await prepared();
    const verify_code = await mock.codes.plant({ to: "13800000002", scene });
    expect(await update({ mobile: "13800000002", verify_code })).toEqual(WRONG_CODE);
    expect(await hasPassword(PASSWORD)).toBe(true);
    expect(await bystanderHasPassword(PASSWORD)).toBe(true);
  },
);

test("other unknown fields of the body are ignored", async () => {
  const { situation, bystander, update } = await prepared();
  const before = await accountsOf(situation);
  expect(await update({ id: bystander.id, username: "other", old_password: "", more: {} })).toEqual(DONE);
  const account = { ...before.account, hasOldPassword: false };
  expect(await accountsOf(situation)).toEqual({ account, bystander: before.bystander });
});

test.each(["FORGET_PWD_SMS", "REGISTER_SMS", "LOGIN_SMS", "UPDATE_MOBILE_SMS", "BIND_MOBILE_SMS"])(
  "a code of scene %s does not change the password",
  async (scene) => {
    const { mock, update, hasPassword } = await prepared();
    const verify_code = await mock.codes.plant({ to: "13800000001", scene });
    expect(await update({ verify_code })).toEqual(WRONG_CODE);
    expect(await hasPassword(PASSWORD)).toBe(true);
  },
);

test("after a change of number the code sent to the old number is refused", async () => {
  const { mock, signedIn, update, hasPassword } = await numberChanged();
  expect(await update()).toEqual(WRONG_CODE);
  expect(await lastDecision(mock)).toBe("code-unknown");
  const verify_code = await mock.codes.plant({ to: MOBILE, scene: SCENE });
  const body = { verify_code, password: NEW_PASSWORD };
  expect(await api(mock)("pwd/update-by-mobile", body, signedIn)).toEqual(DONE);
  expect(await hasPassword(NEW_PASSWORD)).toBe(true);
});

async function numberChanged() {
  const given = await prepared();
  const { mock, headers: signedIn } = given;
  const verify_code = await mock.codes.plant({ to: MOBILE, scene: "UPDATE_MOBILE_SMS" });
  expect(await api(mock)("profile/update-mobile", { mobile: MOBILE, verify_code }, signedIn)).toEqual(DONE);
  return { ...given, signedIn };
}

test("an account without a number cannot get a code", async () => {
  const { mock, path, body } = await prepared();
  const { account, signedIn } = await accountWithoutNumber();
  expect(await api(mock)(path, body, signedIn)).toEqual(NO_NUMBER);
  expect(await api(mock)(path, { ...body, mobile: "13800000001" }, signedIn)).toEqual(NO_NUMBER);
  expect(await api(mock)(path, body, { ...signedIn, "x-l": "zh" })).toEqual(refusal("USER.0004", "手机号不能为空"));
  expect(await mock.accounts.hasPassword(account.id, PASSWORD)).toBe(true);

  async function accountWithoutNumber() {
    const created = await mock.accounts.create({ email: "numberless@ciam.test", password: PASSWORD });
    const { idToken } = await mock.accounts.issueTokens(created.id);
    return { account: created, signedIn: { authorization: `Bearer ${idToken}` } };
  }
});

const NOT_A_TEXT = [
  ["empty", ""],
  ["blank", "  "],
  ["null", null],
  ["a number", 12345678],
  ["true", true],
  ["an array with a text in it", ["New-Tree-42"]],
  ["an object", { password: "New-Tree-42" }],
  ["absent", undefined],
] as const;

test.each(NOT_A_TEXT)("a verify_code that is %s is reported as missing", async (_what, verify_code) => {
  const { mock, update } = await prepared();
  expect(await update({ verify_code })).toEqual(refusal("PARAM.0009", "Verification code cannot be empty"));
  expect(await lastDecision(mock)).toBe("code-missing");
});

test.each(NOT_A_TEXT)("a password that is %s is reported as missing", async (_what, password) => {
  const { mock, update, hasPassword } = await prepared();
  expect(await update({ password })).toEqual(refusal("USER.0006", "Password cannot be empty"));
  expect(await lastDecision(mock)).toBe("password-missing");
  expect(await hasPassword(PASSWORD)).toBe(true);
});

test("a refused password changes nothing and keeps the code valid, any number of times", async () => {
  const { update, hasPassword } = await prepared();
  for (let tries = 0; tries < 6; tries++) expect(await update({ password: "Passw0rd" })).toEqual(WEAK);
  expect(await hasPassword(PASSWORD)).toBe(true);
  expect(await update()).toEqual(DONE);
  expect(await hasPassword(NEW_PASSWORD)).toBe(true);
});

test("without the code, the response does not reveal whether the password is acceptable", async () => {
  const { update } = await prepared();
  expect(await update({ verify_code: "000000", password: "Passw0rd" })).toEqual(WRONG_CODE);
  expect(await update({ verify_code: "000000", password: PASSWORD })).toEqual(WRONG_CODE);
});

test("a wrong code is refused, changes nothing, and the right code still works", async () => {
  const { update, hasPassword } = await prepared();
  expect(await update({ verify_code: "000000" })).toEqual(WRONG_CODE);
  expect(await hasPassword(PASSWORD)).toBe(true);
  expect(await update()).toEqual(DONE);
});

test("two accounts each change their password with their own code", async () => {
  const { mock, path, update, hasPassword } = await prepared();
  const { account: third, signedIn } = await signedInAccount(mock, { mobile: "13800000003", password: PASSWORD });
  const verify_code = await mock.codes.plant({ to: "13800000003", scene: SCENE });
  expect(await api(mock)(path, { verify_code, password: "Third-Hill-8" }, signedIn)).toEqual(DONE);
  expect(await update()).toEqual(DONE);
  expect(await mock.accounts.hasPassword(third.id, "Third-Hill-8")).toBe(true);
  expect(await hasPassword(NEW_PASSWORD)).toBe(true);
});
