/** POST login/mobile-verify-code. */
import { expect, test } from "vitest";
import { api, DONE, refusal, sendSms } from "../../../support/mock/api.ts";
import { lastDecision } from "../../../support/mock/journal.ts";
import { accountsOf } from "../../../support/mock/mistakes.ts";
import { loggingIn, NEW_EMAIL } from "../../../support/mock/situations.ts";

const SCENE = "LOGIN_SMS";
const WRONG_CODE = refusal("CAPTCHA.0007", "Incorrect verification code");
const USER_NOT_FOUND = refusal("USER.0001", "User not found");
const NO_NUMBER = refusal("USER.0004", "Mobile number cannot be empty");
const MALFORMED = refusal("USER.0020", "The phone number does not meet the verification rules");

interface Login {
  readonly session_token: string;
  readonly id_token: string;
}

test("login with the code sent to the account's number returns tokens", async () => {
  const { mock } = await loggingIn();
  await mock.clock.advance({ minutes: 2 });
  expect(await sendSms(mock, "13800000001", SCENE)).toEqual(DONE);
  const { code: verify_code } = await mock.messages.wait({ to: "13800000001", scene: SCENE });
  const reply = await api(mock)("login/mobile-verify-code", { mobile: "13800000001", verify_code });
  expect(reply).toEqual({
    status: 200,
    body: {
      session_token: expect.stringMatching(/^[A-Za-z0-9]{32}$/),
      expire: 432000,
      status: "SUCCESS",
      id_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    },
  });
});

test("the response is JSON", async () => {
  const { mock, path, body } = await loggingIn();
  const headers = {
    "X-operating-sys-version": "windows10.1.1",
    "X-device-fingerprint": "156aysdna213sc50",
    "X-agent": "Mozilla/5.0",
    "X-client-id": mock.clientId,
  };
  const init = { method: "POST", headers, body: JSON.stringify(body) };
  const response = await mock.fetch(`http://ciam.test/api/v2/sdk/${path}`, init);
  expect(response.headers.get("content-type")).toMatch(/^application\/json\b/);
});

test("a login changes no account", async () => {
  const situation = await loggingIn();
  const before = await accountsOf(situation);
  expect(await situation.send()).toMatchObject({ status: 200 });
  expect(await accountsOf(situation)).toEqual(before);
});

test("the id_token of a login authenticates its own account", async () => {
  const { mock, account, bystander, send } = await loggingIn();
  const { id_token } = (await send()).body as Login;
  const verify_code = await mock.codes.plant({ to: NEW_EMAIL, scene: "UPDATE_EMAIL_EMS" });
  const signedIn = { authorization: `Bearer ${id_token}` };
  expect(await api(mock)("profile/update-email", { email: NEW_EMAIL, verify_code }, signedIn)).toEqual(DONE);
  expect(await mock.accounts.read(account.id)).toMatchObject({ email: "15201657312@163.com" });
  expect(await mock.accounts.read(bystander.id)).toMatchObject({ email: "bystander@ciam.test" });
});

test("the session_token of a login is not accepted as an id_token", async () => {
  const { mock, send } = await loggingIn();
  const { session_token } = (await send()).body as Login;
  const verify_code = await mock.codes.plant({ to: NEW_EMAIL, scene: "UPDATE_EMAIL_EMS" });
  const headers = { authorization: `Bearer ${session_token}` };
  expect(await api(mock)("profile/update-email", { email: NEW_EMAIL, verify_code }, headers)).toEqual(
    refusal("PARAM.0016", "IdToken is invalid or expired"),
  );
});

test("two logins return different tokens, and both work", async () => {
  const { mock, scene, send } = await loggingIn();
  const first = (await send()).body as Login;
  const again = await mock.codes.plant({ to: "13800000001", scene });
  const second = (await send({ body: { verify_code: again } })).body as Login;
  expect(second.session_token).not.toBe(first.session_token);
  expect(second.id_token).not.toBe(first.id_token);
  for (const { id_token } of [first, second]) {
    const reply = await api(mock)("profile/update-email", {}, { authorization: `Bearer ${id_token}` });
    expect(reply).toEqual(refusal("PARAM.0009", "Verification code cannot be empty"));
  }
});

test("policy session_token_ttl_seconds sets the expire field", async () => {
  const { mock, send } = await loggingIn();
  await mock.policy.patch({ session_token_ttl_seconds: 604800 });
  expect(await send()).toMatchObject({ status: 200, body: { expire: 604800 } });
});

test("an Authorization header does not change a login", async () => {
  const { send } = await loggingIn();
  expect(await send({ headers: { authorization: "Bearer nonsense" } })).toMatchObject({ status: 200 });
});

test.each(["13800000001", "+8613800000001", "+86-13800000001", "-13800000001"])(
  "the number may be written %s",
  async (mobile) => {
    const { send } = await loggingIn();
    expect(await send({ body: { mobile } })).toMatchObject({ status: 200, body: { status: "SUCCESS" } });
  },
);

test("unknown fields of the body are ignored", async () => {
  const { send } = await loggingIn();
  expect(await send({ body: { password: "", email: "nobody@ciam.test", more: [null] } })).toMatchObject({
    status: 200,
  });
});

const NOT_A_TEXT = [
  ["empty", ""],
  ["blank", "  "],
  ["null", null],
  ["a number", 13800000001],
  ["true", true],
  ["an array", ["13800000001"]],
  ["an object", { value: "13800000001" }],
  ["absent", undefined],
] as const;

test.each(NOT_A_TEXT)("a mobile that is %s is reported as missing", async (_what, mobile) => {
  const { mock, send } = await loggingIn();
  expect(await send({ body: { mobile } })).toEqual(NO_NUMBER);
  expect(await lastDecision(mock)).toBe("mobile-missing");
});

test.each(NOT_A_TEXT)("a verify_code that is %s is reported as missing", async (_what, verify_code) => {
  const { mock, send } = await loggingIn();
  expect(await send({ body: { verify_code } })).toEqual(refusal("PARAM.0009", "Verification code cannot be empty"));
  expect(await lastDecision(mock)).toBe("code-missing");
});

test.each(["1380000000", "138000000012", "23800000001", "8613800000001", "mobile"])(
  "the malformed number %s is refused",
  async (mobile) => {
    const { mock, send } = await loggingIn();
    expect(await send({ body: { mobile } })).toEqual(MALFORMED);
    expect(await lastDecision(mock)).toBe("mobile-malformed");
  },
);

test("an unknown number is reported before its code is checked", async () => {
  const { mock, send } = await loggingIn();
  const verify_code = await mock.codes.plant({ to: "13900000000", scene: SCENE });
  expect(await send({ body: { mobile: "13900000000", verify_code } })).toEqual(USER_NOT_FOUND);
  expect(await send({ body: { mobile: "13900000000", verify_code: "000000" } })).toEqual(USER_NOT_FOUND);
  expect(await send({ body: { mobile: "13900000001" } })).toEqual(USER_NOT_FOUND);
});

test("a code sent to an unknown number works once an account has that number", async () => {
  const { mock, send } = await loggingIn();
  const verify_code = await mock.codes.plant({ to: "13900000000", scene: SCENE });
  await send({ body: { mobile: "13900000000", verify_code } });
  await mock.accounts.create({ mobile: "13900000000" });
  expect(await send({ body: { mobile: "13900000000", verify_code } })).toMatchObject({ status: 200 });
});

test("the number of a deleted account is unknown", async () => {
  const { mock, account, send } = await loggingIn();
  await mock.accounts.delete(account.id);
  expect(await send()).toEqual(USER_NOT_FOUND);
});

test("a number that only an account of another sandbox has is unknown", async () => {
  const { mock, send } = await loggingIn();
  const other = await mock.sandboxes.create();
  await other.accounts.create({ mobile: "13900000000" });
  expect(await send({ body: { mobile: "13900000000" } })).toEqual(USER_NOT_FOUND);
});

test.each(["REGISTER_SMS", "FORGET_PWD_SMS", "UPDATE_PWD_SMS", "UPDATE_MOBILE_SMS", "BIND_MOBILE_SMS"])(
  "login fails with a code of scene %s",
  async (scene) => {
    const { mock, send } = await loggingIn();
    const verify_code = await mock.codes.plant({ to: "13800000001", scene });
    expect(await send({ body: { verify_code } })).toEqual(WRONG_CODE);
    expect(await lastDecision(mock)).toBe("code-wrong");
  },
);

test("the code of one account is wrong for another account", async () => {
  const { mock, scene, send } = await loggingIn();
  await mock.codes.plant({ to: "13800000002", scene });
  expect(await send({ body: { mobile: "13800000002" } })).toEqual(WRONG_CODE);
});

test("a login code works once", async () => {
  const { send } = await loggingIn();
  expect(await send()).toMatchObject({ status: 200 });
  expect(await send()).toEqual(WRONG_CODE);
});
