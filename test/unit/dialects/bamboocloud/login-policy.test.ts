/** POST login/mobile-verify-code under the policy: a login that registers, and how it reports bad numbers. */
import { expect, test } from "vitest";
import type { PolicyPatch } from "../../../../mocks/index.ts";
import { api, DONE, MOBILE, refusal, requestSms, stillMock } from "../../../support/mock/api.ts";
import { WRONG_CODE } from "../../../support/mock/codes.ts";
import { lastDecision } from "../../../support/mock/journal.ts";

const SCENE = "LOGIN_SMS";
const USER_NOT_FOUND = refusal("USER.0001", "User not found");

async function prepared(policy: PolicyPatch = {}) {
  const mock = stillMock();
  if (Object.keys(policy).length > 0) await mock.policy.patch(policy);
  const login = (body: object) =>
    api(mock)("login/mobile-verify-code", { mobile: MOBILE, verify_code: "000000", ...body });
  return { mock, login };
}

test("under login_registers, an unknown number gets a code, and the login creates its account", async () => {
  const { mock, login } = await prepared({ login_registers: true });
  expect(await requestSms(mock, MOBILE, SCENE)).toEqual(DONE);
  const { code: verify_code } = await mock.messages.wait({ to: MOBILE, scene: SCENE });
  const { status, body } = await login({ verify_code });
  expect(status).toBe(200);
  const [account, ...others] = await mock.accounts.list();
  expect(account).toMatchObject({ mobile: "+86-15201657312", username: null });
  expect(others).toEqual([]);
  const email = "new@ciam.test";
  const emailCode = await mock.codes.plant({ to: email, scene: "UPDATE_EMAIL_EMS" });
  const signedIn = { authorization: `Bearer ${(body as { id_token: string }).id_token}` };
  expect(await api(mock)("profile/update-email", { email, verify_code: emailCode }, signedIn)).toEqual(DONE);
  expect(await mock.accounts.read(account?.id ?? "")).toMatchObject({ email });
});

test("under login_registers, a second login finds the account of the first", async () => {
  const { mock, login } = await prepared({ login_registers: true });
  for (const mobile of [MOBILE, "+86-15201657312"]) {
    const verify_code = await mock.codes.plant({ to: MOBILE, scene: SCENE });
    expect(await login({ mobile, verify_code })).toMatchObject({ status: 200 });
  }
  expect(await mock.accounts.list()).toHaveLength(1);
});

test("under login_registers, a wrong code and a malformed number register nothing", async () => {
  const { mock, login } = await prepared({ login_registers: true });
  await mock.codes.plant({ to: MOBILE, scene: SCENE });
  expect(await login({ verify_code: "no" })).toEqual(WRONG_CODE);
  expect(await login({ mobile: "12345" })).toMatchObject({ body: { error_code: "IDAAS.SDK.USER.0020" } });
  expect(await mock.accounts.list()).toEqual([]);
});

test("under login_registers, the other scenes still need an account", async () => {
  const { mock } = await prepared({ login_registers: true, send_to_unknown: "fail" });
  expect(await requestSms(mock, MOBILE, "FORGET_PWD_SMS")).toMatchObject({ status: 400 });
  expect(await lastDecision(mock)).toBe("receiver-unknown");
  expect(await requestSms(mock, MOBILE, SCENE)).toEqual(DONE);
});

test("by default, an unknown number with a right code is refused and registers nothing", async () => {
  const { mock, login } = await prepared();
  const verify_code = await mock.codes.plant({ to: MOBILE, scene: SCENE });
  expect(await login({ verify_code })).toEqual(USER_NOT_FOUND);
  expect(await mock.accounts.list()).toEqual([]);
});

test.each(["12345", MOBILE])(
  "under login_number_errors as-wrong-code, %s without an account is reported as a wrong code",
  async (mobile) => {
    const { mock, login } = await prepared({ login_number_errors: "as-wrong-code" });
    expect(await login({ mobile })).toEqual(WRONG_CODE);
    expect(await lastDecision(mock)).toBe("code-unknown");
    expect(await login({ mobile: "" })).toMatchObject({ body: { error_code: "IDAAS.SDK.USER.0004" } });
  },
);

test("under login_number_errors as-wrong-code, even the right code of an unknown number is wrong", async () => {
  const { mock, login } = await prepared({ login_number_errors: "as-wrong-code", send_to_unknown: "send" });
  expect(await requestSms(mock, MOBILE, SCENE)).toEqual(DONE);
  const { code: verify_code } = await mock.messages.wait({ to: MOBILE, scene: SCENE });
  expect(await login({ verify_code })).toEqual(WRONG_CODE);
  await mock.accounts.create({ mobile: MOBILE });
  expect(await login({ verify_code })).toMatchObject({ status: 200 });
});

test("under login_number_errors as-wrong-code, a login can still register", async () => {
  const { mock, login } = await prepared({ login_number_errors: "as-wrong-code", login_registers: true });
  const verify_code = await mock.codes.plant({ to: MOBILE, scene: SCENE });
  expect(await login({ mobile: "12345" })).toEqual(WRONG_CODE);
  expect(await login({ verify_code })).toMatchObject({ status: 200 });
});
