/** The rules of a new password: PWD.0004 to PWD.0007, their policy keys, and their order. */
import { expect, test } from "vitest";
import type { PolicyPatch } from "../../../../mocks/index.ts";
import { DONE, refusal } from "../../../support/mock/api.ts";
import { passwordOwner } from "../../../support/mock/passwords.ts";

const CHINESE = { "x-l": "zh" };
const WEAK = refusal("PWD.0005", "The password is weak");

const tooSimple = (classes: number) =>
  refusal(
    "PWD.0004",
    `Your password complexity is low, use at least ${classes} of: upper case letters, lower case letters, digits, special characters`,
  );
const repeats = (times: number) =>
  refusal("PWD.0006", `Number of character repeat in password should not exceed ${times}`);
const length = (least: number, most: number) =>
  refusal("PWD.0007", `The password must contain ${least} to ${most} characters`);

test.each([
  ["lower case alone", "moonriver"],
  ["upper case alone", "MOONRIVER"],
  ["digits alone", "1745203968"],
  ["special characters alone", "-_+=.,:;!?"],
  ["upper and lower case", "MoonRiver"],
  ["lower case and digits", "moonriver17"],
  ["lower case and special characters", "moon-river"],
  ["upper case and digits", "MOONRIVER17"],
  ["upper case and special characters", "MOON-RIVER"],
  ["digits and special characters", "1745-2039-68"],
])("a password of %s is too simple", async (_what, password) => {
  const { change, hasPassword } = await passwordOwner();
  expect(await change(password)).toEqual(tooSimple(3));
  expect(await hasPassword(password)).toBe(false);
});

test.each([
  ["upper case, lower case and digits", "MoonRiver17"],
  ["upper case, lower case and special characters", "Moon-River"],
  ["upper case, digits and special characters", "MOON-RIVER-17"],
  ["lower case, digits and special characters", "moon-river-17"],
  ["all four", "Moon-River-17"],
])("a password of %s is accepted", async (_what, password) => {
  const { change, hasPassword } = await passwordOwner();
  expect(await change(password)).toEqual(DONE);
  expect(await hasPassword(password)).toBe(true);
});

test.each([..."~!#$%&+-,*:;<=>@_?^、`./ \"'()[]{}|\\月"])("%s counts as a special character", async (special) => {
  const { change } = await passwordOwner();
  expect(await change(`MoonRiver${special}`)).toEqual(DONE);
});

test("policy password_min_classes sets the rule and its text", async () => {
  const { mock, change } = await passwordOwner();
  await mock.policy.patch({ password_min_classes: 4 });
  expect(await change("MoonRiver17")).toEqual(tooSimple(4));
  expect(await change("MoonRiver17", CHINESE)).toEqual(
    refusal("PWD.0004", "密码复杂度低,至少包含大写字母、小写字母、数字、特殊字符中的4种"),
  );
  expect(await change("Moon-River-17")).toEqual(DONE);
  await mock.policy.patch({ password_min_classes: 2 });
  expect(await change("moonriver")).toEqual(tooSimple(2));
  expect(await change("moonriver17")).toEqual(DONE);
  await mock.policy.patch({ password_min_classes: 1 });
  expect(await change("moonriver")).toEqual(DONE);
});

test.each(["Passw0rd", "pASSW0RD", "Password1", "PASSWORd1"])("%s is weak in any case", async (password) => {
  const { change, hasPassword } = await passwordOwner();
  expect(await change(password)).toEqual(WEAK);
  expect(await hasPassword(password)).toBe(false);
});

test.each(["P@ssw0rd", "Passw0rd-", "-Passw0rd"])("%s is not weak", async (password) => {
  const { change } = await passwordOwner();
  expect(await change(password)).toEqual(DONE);
});

test("policy password_weak_list defines the weak passwords", async () => {
  const { mock, change } = await passwordOwner();
  await mock.policy.patch({ password_weak_list: ["P@ssw0rd", "moon-RIVER-17"] });
  expect(await change("p@SSW0rd")).toEqual(WEAK);
  expect(await change("Moon-River-17")).toEqual(WEAK);
  expect(await change("Moon-River-17", CHINESE)).toEqual(refusal("PWD.0005", "该密码为弱密码"));
  expect(await change("Passw0rd")).toEqual(DONE);
  await mock.policy.patch({ password_weak_list: [] });
  expect(await change("P@ssw0rd")).toEqual(DONE);
});

test.each(["Aaaa-17x", "x-17Abbb", "Moon---17", "Moon-1117", "aaa-aaa-A1", "aaaAAA-1-", "Moon-1😀😀😀"])(
  "%s is accepted: no character repeats more than three times in a row",
  async (password) => {
    const { change } = await passwordOwner();
    expect(await change(password)).toEqual(DONE);
  },
);

test.each(["Aaaaa-17", "x-17Abbbb", "Moon----17", "Moon-11117", "Moon-17    x", "Moon-1😀😀😀😀"])(
  "%s is refused: a character repeats more than three times in a row",
  async (password) => {
    const { change, hasPassword } = await passwordOwner();
    expect(await change(password)).toEqual(repeats(3));
    expect(await hasPassword(password)).toBe(false);
  },
);

test("policy password_max_repeat sets the rule and its text", async () => {
  const { mock, change } = await passwordOwner();
  await mock.policy.patch({ password_max_repeat: 1 });
  expect(await change("Moon-River-17")).toEqual(repeats(1));
  expect(await change("Moon-River-17", CHINESE)).toEqual(refusal("PWD.0006", "密码中最大字符重复数不能超过1"));
  expect(await change("Mon-River-17")).toEqual(DONE);
  await mock.policy.patch({ password_max_repeat: 5 });
  expect(await change("Moooooon-17")).toEqual(repeats(5));
  expect(await change("Mooooon-17")).toEqual(DONE);
});

test("with password_repeat_counting total, all occurrences of a character count", async () => {
  const { mock, change } = await passwordOwner();
  await mock.policy.patch({ password_repeat_counting: "total" });
  expect(await change("Moon-Food-17")).toEqual(repeats(3));
  expect(await change("Moon-Foxd-17")).toEqual(DONE);
  expect(await change("aAaA-aA-17")).toEqual(DONE);
  await mock.policy.patch({ password_repeat_counting: "run" });
  expect(await change("Moon-Food-17")).toEqual(DONE);
});

test("with password_weak_list_ignores_case false, a password is weak only as it is listed", async () => {
  const { mock, change } = await passwordOwner();
  await mock.policy.patch({ password_weak_list: ["Moon-River-17"], password_weak_list_ignores_case: false });
  expect(await change("Moon-River-17")).toEqual(WEAK);
  expect(await change("Moon-RIVER-17")).toEqual(DONE);
  await mock.policy.patch({ password_weak_list_ignores_case: true });
  expect(await change("moon-River-17")).toEqual(WEAK);
});

test.each([
  [1, "A"],
  [7, "Moon-17"],
  [19, "Moon-River-1745-Sky"],
  [100, `Moon-17-${"xyz.".repeat(23)}`],
])("a password of %i characters is refused for its length", async (_characters, password) => {
  const { mock, change, hasPassword } = await passwordOwner();
  await mock.policy.patch({ password_min_classes: 1 });
  expect(await change(password)).toEqual(length(8, 18));
  expect(await hasPassword(password)).toBe(false);
});

test.each([
  [8, "Moon-174"],
  [18, "Moon-River-1745-Sk"],
])("a password of %i characters has an accepted length", async (_characters, password) => {
  const { change, hasPassword } = await passwordOwner();
  expect(await change(password)).toEqual(DONE);
  expect(await hasPassword(password)).toBe(true);
});

test("policies password_min_length and password_max_length set the rule and its text", async () => {
  const { mock, change } = await passwordOwner();
  await mock.policy.patch({ password_min_length: 10, password_max_length: 12 });
  expect(await change("Moon-1745")).toEqual(length(10, 12));
  expect(await change("Moon-1745", CHINESE)).toEqual(refusal("PWD.0007", "密码长度为10~12个字符"));
  expect(await change("Moon-River-17")).toEqual(length(10, 12));
  expect(await change("Moon-17452")).toEqual(DONE);
  expect(await change("Moon-River-1")).toEqual(DONE);
});

test("an emoji counts as one character", async () => {
  const { change } = await passwordOwner();
  expect(await change("Moon-1😀")).toEqual(length(8, 18));
  expect(await change("Moon-River-1745-S😀😀")).toEqual(length(8, 18));
  expect(await change("Moon-17😀")).toEqual(DONE);
  expect(await change("Moon-River-1745-S😀")).toEqual(DONE);
});

test("an emoji of two code points counts as one character", async () => {
  const { change } = await passwordOwner();
  expect(await change("Moon-1❤️")).toEqual(length(8, 18));
});

test("blanks around a password are part of it", async () => {
  const { change, hasPassword } = await passwordOwner();
  expect(await change("  Moon17 ")).toEqual(DONE);
  expect(await hasPassword("  Moon17 ")).toBe(true);
  expect(await hasPassword("Moon17")).toBe(false);
});

interface Step {
  readonly response: string;
  readonly seed: { readonly password?: string; readonly username?: string; readonly email?: string };
  readonly policy: PolicyPatch;
}

/** `nnaaaann` breaks all seven rules; each step fixes the rule that was reported before. */
const HARD: PolicyPatch = { password_weak_list: ["nnaaaann"], password_min_length: 9 };
const EMAIL = { email: "nnaa@ciam.test" };
const STEPS: readonly Step[] = [
  { response: "PWD.0001", seed: { ...EMAIL, username: "aaann", password: "nnaaaann" }, policy: HARD },
  { response: "PWD.0002", seed: { ...EMAIL, username: "aaann" }, policy: HARD },
  { response: "PWD.0003", seed: EMAIL, policy: HARD },
  { response: "PWD.0004", seed: {}, policy: HARD },
  { response: "PWD.0005", seed: {}, policy: { ...HARD, password_min_classes: 1 } },
  { response: "PWD.0006", seed: {}, policy: { password_min_length: 9, password_min_classes: 1 } },
  {
    response: "PWD.0007",
    seed: {},
    policy: { password_min_length: 9, password_min_classes: 1, password_max_repeat: 4 },
  },
];

test.each(STEPS)("$code is reported before all later errors, in a change and in a reset", async (step) => {
  const { mock, change, reset } = await passwordOwner(step.seed);
  await mock.policy.patch(step.policy);
  const response = { status: 400, body: { error_code: `IDAAS.SDK.${step.response}` } };
  expect(await change("nnaaaann")).toMatchObject(response);
  expect(await reset("nnaaaann")).toMatchObject(response);
});

test("the password of the steps above is accepted once it follows every rule", async () => {
  const { mock, change } = await passwordOwner();
  await mock.policy.patch({ password_min_classes: 1, password_max_repeat: 4 });
  expect(await change("nnaaaann")).toEqual(DONE);
});
