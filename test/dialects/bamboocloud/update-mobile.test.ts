/** POST profile/update-mobile through the public door. */
import { expect, test } from "vitest";
import { api, CANONICAL_MOBILE, DONE, MOBILE, member, refusal, sendSms, stillMock } from "../../support/api.ts";

const PATH = "profile/update-mobile";
const SCENE = "UPDATE_MOBILE_SMS";
const WRONG_CODE = refusal("CAPTCHA.0007", "Incorrect verification code");

/** A member, and a code that was sent to a new number. */
async function prepared() {
  const mock = stillMock();
  const { account, signedIn } = await member(mock);
  const verify_code = await mock.codes.plant({ to: MOBILE, scene: SCENE });
  const update = (body: unknown, headers = signedIn) => api(mock)(PATH, body, headers);
  const mobileNow = async () => (await mock.accounts.read(account.id)).mobile;
  return { mock, account, signedIn, verify_code, update, mobileNow };
}

test("the code sent to the new number gives the account that number, in canonical form", async () => {
  const { mock, signedIn, mobileNow } = await prepared();
  await mock.clock.advance({ minutes: 2 });
  expect(await sendSms(mock, MOBILE, SCENE)).toEqual(DONE);
  const { code: verify_code } = await mock.messages.wait({ to: MOBILE, scene: SCENE });
  expect(await api(mock)(PATH, { mobile: MOBILE, verify_code }, signedIn)).toEqual(DONE);
  expect(await mobileNow()).toBe(CANONICAL_MOBILE);
});

test("the old number is free after the change and the new one is taken", async () => {
  const { mock, verify_code, update } = await prepared();
  await update({ mobile: MOBILE, verify_code });
  await expect(mock.accounts.create({ mobile: `+86${MOBILE}` })).rejects.toThrow("another account has this mobile");
  await expect(mock.accounts.create({ mobile: "13800000001" })).resolves.toMatchObject({ mobile: "+86-13800000001" });
});

test.each([
  ["empty", ""],
  ["blank", "  "],
  ["null", null],
  ["a number", 123456],
  ["absent", undefined],
])("a verify_code that is %s is missing", async (_what, verify_code) => {
  const { update } = await prepared();
  const missing = refusal("PARAM.0009", "Verification code cannot be empty");
  expect(await update({ mobile: MOBILE, verify_code })).toEqual(missing);
});

test("a wrong code is refused, changes nothing, and leaves the right one good", async () => {
  const { verify_code, update, mobileNow } = await prepared();
  expect(await update({ mobile: MOBILE, verify_code: "000000" })).toEqual(WRONG_CODE);
  expect(await mobileNow()).toBe("+86-13800000001");
  expect(await update({ mobile: MOBILE, verify_code })).toEqual(DONE);
});
