/** POST profile/update-mobile. */
import { expect, test } from "vitest";
import {
  api,
  CANONICAL_MOBILE,
  DONE,
  MOBILE,
  refusal,
  sendSms,
  signedInAccount,
  stillMock,
} from "../../../support/mock/api.ts";
import { lastDecision } from "../../../support/mock/journal.ts";
import { accountsOf } from "../../../support/mock/mistakes.ts";
import { OWN_MOBILE, updatingMobile } from "../../../support/mock/situations.ts";

const PATH = "profile/update-mobile";
const SCENE = "UPDATE_MOBILE_SMS";
const WRONG_CODE = refusal("CAPTCHA.0007", "Incorrect verification code");
const MALFORMED = refusal("USER.0020", "The phone number does not meet the verification rules");
const UNVERIFIED = refusal("MOBILE.0002", "An unauthenticated cell mobile number");
const TAKEN = refusal("USER.0035", "Phone number already exists");

/** A signed-in account, and a code that was sent to a new number. */
async function prepared() {
  const mock = stillMock();
  const { account, signedIn } = await signedInAccount(mock);
  const verify_code = await mock.codes.plant({ to: MOBILE, scene: SCENE });
  const update = (body: unknown, headers = signedIn) => api(mock)(PATH, body, headers);
  const mobileNow = async () => (await mock.accounts.read(account.id)).mobile;
  return { mock, account, signedIn, verify_code, update, mobileNow };
}

test("a change with the code sent to the new number sets that number in canonical form", async () => {
  const { mock, signedIn, mobileNow } = await prepared();
  await mock.clock.advance({ minutes: 2 });
  expect(await sendSms(mock, MOBILE, SCENE)).toEqual(DONE);
  const { code: verify_code } = await mock.messages.wait({ to: MOBILE, scene: SCENE });
  expect(await api(mock)(PATH, { mobile: MOBILE, verify_code }, signedIn)).toEqual(DONE);
  expect(await mobileNow()).toBe(CANONICAL_MOBILE);
});

test("after the change the old number is free and the new one is taken", async () => {
  const { mock, verify_code, update } = await prepared();
  await update({ mobile: MOBILE, verify_code });
  await expect(mock.accounts.create({ mobile: `+86${MOBILE}` })).rejects.toThrow("another account has this mobile");
  await expect(mock.accounts.create({ mobile: "13800000001" })).resolves.toMatchObject({ mobile: "+86-13800000001" });
});

test("the change touches nothing but the number, and no other account", async () => {
  const situation = await updatingMobile();
  const before = await accountsOf(situation);
  expect(await situation.send()).toEqual(DONE);
  const account = { ...before.account, mobile: CANONICAL_MOBILE };
  expect(await accountsOf(situation)).toEqual({ account, bystander: before.bystander });
});

test("the id_token stays valid after the change", async () => {
  const { mock, send } = await updatingMobile();
  await send();
  const verify_code = await mock.codes.plant({ to: OWN_MOBILE, scene: SCENE });
  expect(await send({ body: { mobile: OWN_MOBILE, verify_code } })).toEqual(DONE);
});

test.each(["15201657312", "+8615201657312", "+86-15201657312", "-15201657312"])(
  "%s is the number that the code was sent to",
  async (mobile) => {
    const { verify_code, update, mobileNow } = await prepared();
    expect(await update({ mobile, verify_code })).toEqual(DONE);
    expect(await mobileNow()).toBe("+86-15201657312");
  },
);

test("a number of another country is stored with its area code", async () => {
  const { mock, update, mobileNow } = await prepared();
  const verify_code = await mock.codes.plant({ to: "+85251234567", scene: SCENE });
  expect(await update({ mobile: "+85251234567", verify_code })).toEqual(DONE);
  expect(await mobileNow()).toBe("+852-51234567");
});

test.each([
  ["empty", ""],
  ["blank", "  "],
  ["null", null],
  ["a number", 123456],
  ["true", true],
  ["an array with the code in it", ["123456"]],
  ["an object", { code: "123456" }],
  ["absent", undefined],
])("a verify_code that is %s is reported as missing", async (_what, verify_code) => {
  const { mock, update } = await prepared();
  const missing = refusal("PARAM.0009", "Verification code cannot be empty");
  expect(await update({ mobile: MOBILE, verify_code })).toEqual(missing);
  expect(await lastDecision(mock)).toBe("code-missing");
});

test.each([
  ["empty", ""],
  ["blank", "  "],
  ["null", null],
  ["a number", 15201657312],
  ["true", true],
  ["an array with the number in it", [MOBILE]],
  ["an object", { mobile: MOBILE }],
  ["absent", undefined],
])("a mobile that is %s is reported as malformed", async (_what, mobile) => {
  const { mock, verify_code, update, mobileNow } = await prepared();
  expect(await update({ mobile, verify_code })).toEqual(MALFORMED);
  expect(await lastDecision(mock)).toBe("new-mobile-missing");
  expect(await mobileNow()).toBe("+86-13800000001");
});

test.each([
  ["one digit short", "1520165731"],
  ["one digit long", "152016573121"],
  ["not beginning with 1", "25201657312"],
  ["without the plus of its area code", "8615201657312"],
  ["written with a blank", "152 0165 7312"],
  ["followed by a blank", "15201657312 "],
  ["in full-width digits", "１５２０１６５７３１２"],
  ["a word", "mobile"],
  ["an e-mail address", "15201657312@163.com"],
  ["of Hong Kong without its area code", "51234567"],
  ["of Taiwan with an impossible first digit", "+886-512345678"],
])("a number that is %s is reported as malformed", async (_what, mobile) => {
  const { mock, verify_code, update, mobileNow } = await prepared();
  expect(await update({ mobile, verify_code })).toEqual(MALFORMED);
  expect(await lastDecision(mock)).toBe("mobile-malformed");
  expect(await mobileNow()).toBe("+86-13800000001");
});

test("a wrong code is refused, changes nothing, and the right code still works", async () => {
  const { verify_code, update, mobileNow } = await prepared();
  expect(await update({ mobile: MOBILE, verify_code: "000000" })).toEqual(WRONG_CODE);
  expect(await mobileNow()).toBe("+86-13800000001");
  expect(await update({ mobile: MOBILE, verify_code })).toEqual(DONE);
});

test.each(["REGISTER_SMS", "LOGIN_SMS", "FORGET_PWD_SMS", "UPDATE_PWD_SMS", "BIND_MOBILE_SMS"])(
  "a code of scene %s sent to the new number does not change it",
  async (scene) => {
    const { mock, update, mobileNow } = await prepared();
    const verify_code = await mock.codes.plant({ to: MOBILE, scene });
    expect(await update({ mobile: MOBILE, verify_code })).toEqual(WRONG_CODE);
    expect(await mobileNow()).toBe("+86-13800000001");
  },
);

test("the code of one number is refused for another number", async () => {
  const { mock, verify_code, update } = await prepared();
  await mock.codes.plant({ to: "15201657313", scene: SCENE });
  expect(await update({ mobile: "15201657313", verify_code })).toEqual(WRONG_CODE);
});

test("a number with only a code of another scene is unverified", async () => {
  const { mock, update } = await prepared();
  const verify_code = await mock.codes.plant({ to: "15201657313", scene: "BIND_MOBILE_SMS" });
  expect(await update({ mobile: "15201657313", verify_code })).toEqual(UNVERIFIED);
});

test.each(["13800000001", "+8613800000001", "+86-13800000001", "-13800000001"])(
  "the account's own number, written %s, is refused as taken",
  async (mobile) => {
    const { mock, update, mobileNow } = await prepared();
    const verify_code = await mock.codes.plant({ to: mobile, scene: SCENE });
    expect(await update({ mobile, verify_code })).toEqual(TAKEN);
    expect(await lastDecision(mock)).toBe("mobile-own");
    expect(await mobileNow()).toBe("+86-13800000001");
  },
);

test.each(["13800000002", "+8613800000002", "+86-13800000002", "-13800000002"])(
  "the number of another account, written %s, is refused as taken",
  async (mobile) => {
    const { mock, account, bystander, send } = await updatingMobile();
    const verify_code = await mock.codes.plant({ to: mobile, scene: SCENE });
    expect(await send({ body: { mobile, verify_code } })).toEqual(TAKEN);
    expect(await lastDecision(mock)).toBe("mobile-taken");
    expect(await mock.accounts.read(account.id)).toMatchObject({ mobile: "+86-13800000001" });
    expect(await mock.accounts.read(bystander.id)).toMatchObject({ mobile: "+86-13800000002" });
  },
);

test("the number of another account without a code is reported as unverified, not as taken", async () => {
  const { mock, send } = await updatingMobile();
  expect(await send({ body: { mobile: "13800000002" } })).toEqual(UNVERIFIED);
  expect(await lastDecision(mock)).toBe("mobile-unverified");
});

test("the code survives the refusal of a taken number and works once the number is free", async () => {
  const { mock, verify_code, update, mobileNow } = await prepared();
  const owner = await mock.accounts.create({ mobile: MOBILE });
  expect(await update({ mobile: MOBILE, verify_code })).toEqual(TAKEN);
  await mock.accounts.delete(owner.id);
  expect(await update({ mobile: MOBILE, verify_code })).toEqual(DONE);
  expect(await mobileNow()).toBe(CANONICAL_MOBILE);
});

test("unknown fields of the body are ignored", async () => {
  const situation = await updatingMobile();
  const { bystander, send } = situation;
  const before = await accountsOf(situation);
  const body = { id: bystander.id, email: "other@ciam.test", password: "Other-Pass-1", more: { a: [1] } };
  expect(await send({ body })).toEqual(DONE);
  const account = { ...before.account, mobile: CANONICAL_MOBILE };
  expect(await accountsOf(situation)).toEqual({ account, bystander: before.bystander });
});
