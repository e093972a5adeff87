/** PWD.0002 and PWD.0003: the parts of the account's identity that a password must not contain. */
import { expect, test } from "vitest";
import { DONE, refusal } from "../../../support/mock/api.ts";
import { lastDecision } from "../../../support/mock/journal.ts";
import { passwordOwner } from "../../../support/mock/passwords.ts";

const REVERSED = refusal("PWD.0002", "Password cannot username in reverse order");
const REVERSED_ZH = refusal("PWD.0002", "密码不允许使用用户名的倒写");
const IDENTITY = refusal("PWD.0003", "Password cannot contain :username, phone number, email prefix, name in PinYing");
const IDENTITY_ZH = refusal("PWD.0003", "密码中不允许包含:用户名、手机号、邮箱前缀、姓名拼音");

test.each([
  ["skylark", "kralyks-A17"],
  ["skylark", "A17-KRALYKS-x"],
  ["SkyLark", "a-kRaLyKs-17"],
  ["abc", "Moon-cba-17"],
  ["a-1", "Moon1-a17"],
  ["欧阳修", "Moon修阳欧17"],
  ["sky😀", "Moon-😀yks-17"],
])("the user name %s is found reversed in %s", async (username, password) => {
  const { change, hasPassword } = await passwordOwner({ username, password: "First-Moon-0" });
  expect(await change(password)).toEqual(REVERSED);
  expect(await change(password, { "x-l": "zh" })).toEqual(REVERSED_ZH);
  expect(await hasPassword("First-Moon-0")).toBe(true);
});

test.each([
  ["ab", "Moon-ba-17"],
  ["欧阳", "Moon阳欧17"],
  ["skylark", "Moon-kralyk-17"],
  ["skylark", "Moon-kral-yks-17"],
])("the user name %s is not found reversed in %s", async (username, password) => {
  const { change } = await passwordOwner({ username });
  expect(await change(password)).toEqual(DONE);
});

test("a user name that is a palindrome counts as reversed", async () => {
  const { change } = await passwordOwner({ username: "level" });
  expect(await change("Level-Moon-17")).toEqual(REVERSED);
});

test("the number and the e-mail prefix are not checked in reverse", async () => {
  const { change } = await passwordOwner({ mobile: "13812345678", email: "skylark@ciam.test" });
  expect(await change("Mo-87654321831")).toEqual(DONE);
  expect(await change("Kralyks-17")).toEqual(DONE);
});

test.each([
  ["the user name", { username: "skylark" }, "Skylark-17"],
  ["the user name in upper case", { username: "skylark" }, "17-SKYLARK-x"],
  ["a user name that has capitals in lower case", { username: "SkyLark" }, "Moon-skylark-17"],
  ["a user name of three characters", { username: "abc" }, "Moon-aBc-17"],
  ["a Chinese user name of three characters", { username: "欧阳修" }, "Moon欧阳修17"],
  ["the mobile number", { mobile: "15201657312" }, "Mo-15201657312"],
  ["the mobile number with its area code", { mobile: "15201657312" }, "M+8615201657312"],
  ["a mobile number of another country", { mobile: "+852-51234567" }, "Moon-51234567"],
  ["the e-mail prefix", { email: "river@ciam.test" }, "River-17"],
  ["the e-mail prefix in another case", { email: "River@ciam.test" }, "Moon-rIVER-17"],
  ["an e-mail prefix of three characters", { email: "abc@ciam.test" }, "Moon-abc-17"],
  ["an e-mail prefix of digits", { email: "20200301@ciam.test" }, "Moon-20200301"],
  ["the whole e-mail address", { email: "river@ciam.test" }, "River@ciam.test-17"],
])("a password that contains %s is refused", async (_what, seed, password) => {
  const { mock, change, hasPassword } = await passwordOwner({ ...seed, password: "First-Moon-0" });
  expect(await change(password)).toEqual(IDENTITY);
  expect(await change(password, { "x-l": "zh" })).toEqual(IDENTITY_ZH);
  expect(await lastDecision(mock)).toBe("password-contains-identity");
  expect(await hasPassword("First-Moon-0")).toBe(true);
});

test.each([
  ["a user name of two characters", { username: "ab" }, "Moon-ab-17"],
  ["a Chinese user name of two characters", { username: "欧阳" }, "Moon欧阳17"],
  ["a user name of two characters beyond the first 65,536", { username: "𠮷野" }, "Moon𠮷野17"],
  ["a part of the user name", { username: "skylark" }, "Skylar-k-17"],
  ["a part of the mobile number", { mobile: "15201657312" }, "Moon-5201657312"],
  ["an e-mail prefix of two characters", { email: "ab@ciam.test" }, "Moon-ab-17"],
  ["the domain of the e-mail address", { email: "river@ciam.test" }, "Moon-ciam.test-17"],
  ["a name in letters", { name: "John Smith" }, "John-Smith-17"],
])("a password that contains %s is accepted", async (_what, seed, password) => {
  const { change } = await passwordOwner(seed);
  expect(await change(password)).toEqual(DONE);
});

test.each([
  ["单小明", "Shanxiaoming-17"],
  ["单小明", "Danxiaoming-17"],
  ["单小明", "1-SHANXiaoMing"],
  ["欧阳修", "Ouyangxiu-17"],
  ["尉迟恭", "Yuchigong-17"],
  ["万俟卨", "Moqixie-17"],
  ["仇英", "Qiuying-17"],
  ["解晓东", "Xiexiaodong-17"],
  ["查良镛", "Zhaliangyong-17"],
  ["曾国藩", "Zengguofan-17"],
  ["区志强", "Ouzhiqiang-17"],
  ["长孙无忌", "Zhangsunwuji-17"],
  ["吕布", "Moon-lvbu-17"],
  ["王", "Wangari-17"],
])("the name %s is found in pinyin in %s", async (name, password) => {
  const { change, hasPassword } = await passwordOwner({ name, password: "First-Moon-0" });
  expect(await change(password)).toEqual(IDENTITY);
  expect(await change(password, { "x-l": "zh" })).toEqual(IDENTITY_ZH);
  expect(await hasPassword("First-Moon-0")).toBe(true);
});

test.each([
  ["单小明", "Shanxiao-17"],
  ["单小明", "Xiaoming-17"],
  ["欧阳修", "Ouyang-17-Xiu"],
  ["李", "Lilypad-17"],
])("the name %s is not found in pinyin in %s", async (name, password) => {
  const { change } = await passwordOwner({ name });
  expect(await change(password)).toEqual(DONE);
});

test("the identity of another account is not checked", async () => {
  const { mock, change } = await passwordOwner({ username: "skylark" });
  await mock.accounts.create({ mobile: "13800000002", email: "river@ciam.test", username: "willow", name: "单小明" });
  expect(await change("Wolliw-River-17")).toEqual(DONE);
  expect(await change("Shanxiaoming-17")).toEqual(DONE);
});

test("an account without user name, address and name is only checked for its number", async () => {
  const { change } = await passwordOwner();
  expect(await change("Mo-13800000001")).toEqual(IDENTITY);
  expect(await change("undefined-Null-1")).toEqual(DONE);
});

test("with password_reversed_username equal, only the reversed user name itself is refused", async () => {
  const { mock, change } = await passwordOwner({ username: "skylark-A1" });
  await mock.policy.patch({ password_reversed_username: "equal" });
  expect(await change("1a-kralyks")).toEqual(REVERSED);
  expect(await change("x1A-kralyks")).toEqual(DONE);
  await mock.policy.patch({ password_reversed_username: "contained" });
  expect(await change("x1A-kralyks-")).toEqual(REVERSED);
});

test.each([
  ["user name", { username: "SkyLark" }, "SkyLark-17", "Skylark-17", IDENTITY],
  ["reversed user name", { username: "SkyLark" }, "kraLykS-17", "Kralyks-17", REVERSED],
  ["e-mail prefix", { email: "river@ciam.test" }, "Moon-river-17", "River-17", IDENTITY],
  ["name in pinyin", { name: "单小明" }, "shanxiaoming-A17", "Shanxiaoming-17", IDENTITY],
])("with password_identity_ignores_case false, the %s counts only in its own case", async (...row) => {
  const [, seed, sameCase, otherCase, refused] = row;
  const { mock, change } = await passwordOwner(seed);
  await mock.policy.patch({ password_identity_ignores_case: false });
  expect(await change(sameCase)).toEqual(refused);
  expect(await change(otherCase)).toEqual(DONE);
  await mock.policy.patch({ password_identity_ignores_case: true });
  expect(await change(otherCase.replace("17", "18"))).toEqual(refused);
});

test("with both keys changed, only the reversed user name in its own case is refused", async () => {
  const { mock, change } = await passwordOwner({ username: "skylark-A1" });
  await mock.policy.patch({ password_reversed_username: "equal", password_identity_ignores_case: false });
  expect(await change("1A-kralyks")).toEqual(REVERSED);
  expect(await change("1a-Kralyks")).toEqual(DONE);
});
