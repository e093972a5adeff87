/** POST profile/update-email. */
import { expect, test } from "vitest";
import { api, DONE, refusal } from "../../../support/mock/api.ts";
import { lastDecision } from "../../../support/mock/journal.ts";
import { accountsOf } from "../../../support/mock/mistakes.ts";
import { NEW_EMAIL, OWN_EMAIL, updatingEmail } from "../../../support/mock/situations.ts";

const SCENE = "UPDATE_EMAIL_EMS";
const WRONG_CODE = refusal("CAPTCHA.0007", "Incorrect verification code");
const MALFORMED = refusal("USER.0021", "The e-mail does not meet the verification rules");
const TAKEN = refusal("USER.0036", "E-mail already exists");

/** A signed-in account, and a code that was sent to a new address. */
async function prepared() {
  const situation = await updatingEmail();
  const { mock, account, send } = situation;
  const update = (body: Record<string, unknown>) => send({ body });
  const emailNow = async () => (await mock.accounts.read(account.id)).email;
  return { ...situation, situation, update, emailNow };
}

test("a change with the code sent to the new address sets that address", async () => {
  const { mock, update, emailNow } = await prepared();
  await mock.clock.advance({ minutes: 2 });
  const captcha_token = await mock.captcha.issueToken({ sender: NEW_EMAIL });
  expect(await api(mock)("email/send", { email: NEW_EMAIL, type: SCENE, captcha_token })).toEqual(DONE);
  const { code: verify_code } = await mock.messages.wait({ to: NEW_EMAIL, scene: SCENE });
  expect(await update({ verify_code })).toEqual(DONE);
  expect(await emailNow()).toBe("15201657312@163.com");
});

test("after the change the old address is free and the new one is taken", async () => {
  const { mock, update } = await prepared();
  await update({});
  await expect(mock.accounts.create({ email: NEW_EMAIL })).rejects.toThrow("another account has this email");
  await expect(mock.accounts.create({ email: OWN_EMAIL })).resolves.toMatchObject({ email: "river@ciam.test" });
});

test("the change touches nothing but the address, and no other account", async () => {
  const { situation, update } = await prepared();
  const before = await accountsOf(situation);
  expect(await update({})).toEqual(DONE);
  const account = { ...before.account, email: "15201657312@163.com" };
  expect(await accountsOf(situation)).toEqual({ account, bystander: before.bystander });
});

test("an account without an address gets its first one", async () => {
  const { mock, body, path } = await prepared();
  const { id } = await mock.accounts.create({ mobile: "13800000003" });
  const { idToken } = await mock.accounts.issueTokens(id);
  expect(await api(mock)(path, body, { authorization: `Bearer ${idToken}` })).toEqual(DONE);
  expect(await mock.accounts.read(id)).toMatchObject({ email: "15201657312@163.com", mobile: "+86-13800000003" });
});

test("an address is stored in lower case, and its code works in any spelling", async () => {
  const { mock, update, emailNow } = await prepared();
  const verify_code = await mock.codes.plant({ to: "Zhang.San@QQ.com", scene: SCENE });
  expect(await update({ email: "ZHANG.san@qq.COM", verify_code })).toEqual(DONE);
  expect(await emailNow()).toBe("zhang.san@qq.com");
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
  expect(await update({ verify_code })).toEqual(refusal("PARAM.0009", "Verification code cannot be empty"));
  expect(await lastDecision(mock)).toBe("code-missing");
});

test.each([
  ["empty", ""],
  ["blank", "  "],
  ["null", null],
  ["a number", 15201657312],
  ["true", true],
  ["an array with the address in it", [NEW_EMAIL]],
  ["an object", { email: NEW_EMAIL }],
  ["absent", undefined],
])("an email that is %s is reported as malformed", async (_what, email) => {
  const { mock, update, emailNow } = await prepared();
  expect(await update({ email })).toEqual(MALFORMED);
  expect(await lastDecision(mock)).toBe("new-email-missing");
  expect(await emailNow()).toBe("river@ciam.test");
});

test.each([
  ["without an at sign", "15201657312.163.com"],
  ["without a local part", "@163.com"],
  ["without a domain", "15201657312@"],
  ["with a domain without a dot", "15201657312@localhost"],
  ["with two at signs", "152@016@163.com"],
  ["with a blank in it", "zhang san@qq.com"],
  ["with a name before it", "Zhang San <zhangsan@qq.com>"],
  ["two addresses", "zhangsan@qq.com,lisi@qq.com"],
  ["with a domain that ends in a dot", "zhangsan@qq."],
  ["a mobile number", "15201657312"],
  ["with a local part of 65 characters", `${"a".repeat(65)}@163.com`],
])("an email %s is reported as malformed", async (_what, email) => {
  const { mock, update, emailNow } = await prepared();
  expect(await update({ email })).toEqual(MALFORMED);
  expect(await lastDecision(mock)).toBe("email-malformed");
  expect(await emailNow()).toBe("river@ciam.test");
});

test("a wrong code is refused, changes nothing, and the right code still works", async () => {
  const { update, emailNow } = await prepared();
  expect(await update({ verify_code: "000000" })).toEqual(WRONG_CODE);
  expect(await emailNow()).toBe("river@ciam.test");
  expect(await update({})).toEqual(DONE);
});

test.each(["REGISTER_EMS", "LOGIN_EMS", "FORGET_PWD_EMS", "UPDATE_PWD_EMS", "BIND_EMAIL_EMS"])(
  "a code of scene %s sent to the new address does not change it",
  async (scene) => {
    const { mock, update, emailNow } = await prepared();
    const verify_code = await mock.codes.plant({ to: NEW_EMAIL, scene });
    expect(await update({ verify_code })).toEqual(WRONG_CODE);
    expect(await emailNow()).toBe("river@ciam.test");
  },
);

test("an address with only a code of another scene counts as having no code", async () => {
  const { mock, update } = await prepared();
  const verify_code = await mock.codes.plant({ to: "other@163.com", scene: "BIND_EMAIL_EMS" });
  expect(await update({ email: "other@163.com", verify_code })).toEqual(WRONG_CODE);
  expect(await lastDecision(mock)).toBe("code-unknown");
});

test("the code of one address is refused for another address", async () => {
  const { mock, update } = await prepared();
  await mock.codes.plant({ to: "other@163.com", scene: SCENE });
  expect(await update({ email: "other@163.com" })).toEqual(WRONG_CODE);
});

test.each(["river@ciam.test", "River@CIAM.Test"])(
  "the account's own address, written %s, is refused as taken",
  async (email) => {
    const { mock, update, emailNow } = await prepared();
    const verify_code = await mock.codes.plant({ to: email, scene: SCENE });
    expect(await update({ email, verify_code })).toEqual(TAKEN);
    expect(await lastDecision(mock)).toBe("email-own");
    expect(await emailNow()).toBe("river@ciam.test");
  },
);

test.each(["bystander@ciam.test", "BYSTANDER@ciam.test", "Bystander@Ciam.Test"])(
  "the address of another account, written %s, is refused as taken",
  async (email) => {
    const { mock, bystander, update, emailNow } = await prepared();
    const verify_code = await mock.codes.plant({ to: email, scene: SCENE });
    expect(await update({ email, verify_code })).toEqual(TAKEN);
    expect(await lastDecision(mock)).toBe("email-taken");
    expect(await emailNow()).toBe("river@ciam.test");
    expect(await mock.accounts.read(bystander.id)).toMatchObject({ email: "bystander@ciam.test" });
  },
);

test("without its code, the response does not reveal that an address is taken", async () => {
  const { update } = await prepared();
  expect(await update({ email: "bystander@ciam.test" })).toEqual(WRONG_CODE);
  expect(await update({ email: "nobody@ciam.test" })).toEqual(WRONG_CODE);
});

test("the code survives the refusal of a taken address and works once the address is free", async () => {
  const { mock, update, emailNow } = await prepared();
  const owner = await mock.accounts.create({ email: NEW_EMAIL });
  expect(await update({})).toEqual(TAKEN);
  await mock.accounts.delete(owner.id);
  expect(await update({})).toEqual(DONE);
  expect(await emailNow()).toBe("15201657312@163.com");
});

test("unknown fields of the body are ignored", async () => {
  const { situation, bystander, update } = await prepared();
  const before = await accountsOf(situation);
  const others = {
    id: bystander.id,
    mobile: "13900000000",
    username: "other",
    password: "Other-Pass-1",
    more: { a: [1] },
  };
  expect(await update(others)).toEqual(DONE);
  const account = { ...before.account, email: "15201657312@163.com" };
  expect(await accountsOf(situation)).toEqual({ account, bystander: before.bystander });
});
