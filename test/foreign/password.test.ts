/** Changing and resetting a password, at the foreign backend. */
import { expect, test } from "vitest";
import { type Code, expiredToken, type Refused, type Request, testRefusals, tokenOfDeleted } from "./refusals.ts";
import { DONE, type Headers, refusal, visitor } from "./visitor.ts";

const MOBILE = "15201657312";
const LONG_MOBILE = "+86-15201657312";
const CURRENT = "Fresh#Start1";
const NEXT = "Fresh#Start2";
const person = { mobile: MOBILE, email: "Lihua@qq.com", username: "Robert", name: "张三", password: CURRENT };

function change(headers: Headers, parts: object = {}): Request {
  return ["pwd/update-by-mobile", { verify_code: "1", password: NEXT, ...parts }, headers];
}

function reset(parts: object = {}): Request {
  return change({}, { mobile: MOBILE, ...parts });
}

/** A reset with a valid code: only the password is wrong. */
function wrongPassword(code: Code, password: string): Refused {
  const ask: Refused[2] = async (to) => {
    await to.signedInAccount(person);
    return reset({ verify_code: await to.code(MOBILE, "FORGET_PWD_SMS"), password });
  };
  return [password, code, ask];
}

testRefusals([
  ["a reset without an agent", "PARAM.0001", () => ["pwd/update-by-mobile", {}, { "x-agent": "" }]],
  ["a reset for an unknown client", "PARAM.0003", () => ["pwd/update-by-mobile", {}, { "x-client-id": "other" }]],
  ["no password", "USER.0006", () => reset({ password: "" })],
  ["no code", "PARAM.0009", () => reset({ verify_code: undefined })],
  ["a reset without a number", "USER.0004", () => reset({ mobile: undefined })],
  ["a reset for an unknown number", "USER.0001", () => reset()],
  ["a reset for a number that fits no country", "USER.0001", () => reset({ mobile: "12" })],
  ["an invented token, beside a number", "USER.0004", () => change({ authorization: "Bearer x" }, { mobile: MOBILE })],
  ["a token without its scheme", "USER.0004", () => change({ authorization: "invented" })],
  ["an expired token", "USER.0001", async (to) => change(await expiredToken(to))],
  ["an account that is gone", "USER.0001", async (to) => change(await tokenOfDeleted(to))],
  [
    "an account without a number",
    "USER.0004",
    async ({ signedInAccount }) => change((await signedInAccount({})).signedIn),
  ],
  [
    "a code that was not sent",
    "CAPTCHA.0007",
    async ({ signedInAccount }) => change((await signedInAccount(person)).signedIn),
  ],
  [
    "a code of the other scene",
    "CAPTCHA.0007",
    async ({ signedInAccount, code }) => {
      const { signedIn } = await signedInAccount(person);
      return change(signedIn, { verify_code: await code(MOBILE, "FORGET_PWD_SMS") });
    },
  ],
  wrongPassword("PWD.0001", CURRENT),
  wrongPassword("PWD.0002", "Xy1!TreborXy"),
  wrongPassword("PWD.0003", "Xy1!ROBERTxy"),
  wrongPassword("PWD.0003", `Xy!${MOBILE}`),
  wrongPassword("PWD.0003", "Xy1!lihuaXy"),
  wrongPassword("PWD.0003", "Xy1!ZhangSan"),
  wrongPassword("PWD.0004", "freshstart12"),
  wrongPassword("PWD.0005", "Password123"),
  wrongPassword("PWD.0006", "Fresh#11111"),
  wrongPassword("PWD.0007", "Fres#1h"),
  wrongPassword("PWD.0007", "Fresh#Start12345678"),
]);

test.each(["Fresh#1x", "Fresh#Start1234567", "Fresh#1111", "P@ssw0rd"])(
  "%s is accepted as password",
  async (password) => {
    const { signedInAccount, code, api, hasPassword } = await visitor();
    const { id } = await signedInAccount(person);
    const verify_code = await code(MOBILE, "FORGET_PWD_SMS");
    expect(await api(...reset({ verify_code, password }))).toEqual(DONE);
    expect(await hasPassword(id, password)).toBe(true);
    expect(await hasPassword(id, CURRENT)).toBe(false);
  },
);

test("a refused password keeps the old one and leaves the code valid", async () => {
  const { signedInAccount, code, api, hasPassword } = await visitor();
  const { id, signedIn } = await signedInAccount(person);
  const verify_code = await code(LONG_MOBILE, "UPDATE_PWD_SMS");
  expect((await api(...change(signedIn, { verify_code, password: "Xy1!Robert" }))).status).toBe(400);
  expect(await hasPassword(id, CURRENT)).toBe(true);
  expect(await api(...change(signedIn, { verify_code }))).toEqual(DONE);
  expect(await api(...change(signedIn, { verify_code, password: "Fresh#Start3" }))).toEqual(
    refusal("CAPTCHA.0007", "验证码不正确"),
  );
});

test("with a token and a number, the token decides", async () => {
  const { signedInAccount, code, api, hasPassword } = await visitor();
  const own = await signedInAccount({ ...person, mobile: "13900000005", email: "own@qq.com" });
  const other = await signedInAccount(person);
  const verify_code = await code("+86-13900000005", "UPDATE_PWD_SMS");
  expect(await api(...change(own.signedIn, { verify_code, mobile: MOBILE }))).toEqual(DONE);
  expect([await hasPassword(own.id, NEXT), await hasPassword(other.id, CURRENT)]).toEqual([true, true]);
});

test("the fourth last password may be used again, the third last may not", async () => {
  const { signedInAccount, code, api } = await visitor();
  await signedInAccount(person);
  const responses: number[] = [];
  for (const password of [NEXT, "Fresh#Start3", CURRENT, "Fresh#Start4", CURRENT]) {
    const verify_code = await code(MOBILE, "FORGET_PWD_SMS");
    responses.push((await api(...reset({ verify_code, password }))).status);
  }
  expect(responses).toEqual([200, 200, 400, 200, 200]);
});
