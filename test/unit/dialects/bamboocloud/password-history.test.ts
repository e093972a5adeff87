/** PWD.0001: which earlier passwords may not be set again, and how many are remembered. */
import { expect, test } from "vitest";
import { DONE, refusal } from "../../../support/mock/api.ts";
import { passwordOwner } from "../../../support/mock/passwords.ts";

const USED_BEFORE = refusal("PWD.0001", "The password is used before, cannot be used again");

/** An account whose first password was Moon-0, followed by the others up to Moon-5. */
async function afterFiveChanges() {
  const owner = await passwordOwner({ password: "First-Moon-0" });
  for (let round = 1; round <= 5; round++) expect(await owner.change(`Later-Moon-${round}`)).toEqual(DONE);
  return owner;
}

test("after a change the new password works and the old one does not", async () => {
  const { change, hasPassword } = await passwordOwner({ password: "First-Moon-0" });
  expect(await change("Later-Moon-1")).toEqual(DONE);
  expect(await hasPassword("Later-Moon-1")).toBe(true);
  expect(await hasPassword("First-Moon-0")).toBe(false);
});

test.each(["Later-Moon-5", "Later-Moon-4", "Later-Moon-3", "Later-Moon-2", "Later-Moon-1"])(
  "%s, one of the last five passwords, is refused and the current one stays",
  async (password) => {
    const { change, hasPassword } = await afterFiveChanges();
    expect(await change(password)).toEqual(USED_BEFORE);
    expect(await change(password, { "x-l": "zh" })).toEqual(refusal("PWD.0001", "不允许使用历史密码"));
    expect(await hasPassword("Later-Moon-5")).toBe(true);
  },
);

test("the sixth last password is accepted; then the second of the five is the last refused one", async () => {
  const { change, hasPassword } = await afterFiveChanges();
  expect(await change("First-Moon-0")).toEqual(DONE);
  expect(await hasPassword("First-Moon-0")).toBe(true);
  expect(await change("Later-Moon-2")).toEqual(USED_BEFORE);
  expect(await change("Later-Moon-1")).toEqual(DONE);
});

test("under password_history 0 the current password may be set again", async () => {
  const { mock, change, hasPassword } = await passwordOwner({ password: "First-Moon-0" });
  await mock.policy.patch({ password_history: 0 });
  expect(await change("First-Moon-0")).toEqual(DONE);
  expect(await hasPassword("First-Moon-0")).toBe(true);
  expect(await change("Later-Moon-1")).toEqual(DONE);
  expect(await hasPassword("Later-Moon-1")).toBe(true);
});

test("under password_history 1 only the current password is refused", async () => {
  const { mock, change } = await passwordOwner({ password: "First-Moon-0" });
  await mock.policy.patch({ password_history: 1 });
  expect(await change("First-Moon-0")).toEqual(USED_BEFORE);
  expect(await change("Later-Moon-1")).toEqual(DONE);
  expect(await change("First-Moon-0")).toEqual(DONE);
});

test("under password_history 7 the seventh last password is refused", async () => {
  const { mock, change } = await passwordOwner({ password: "First-Moon-0" });
  await mock.policy.patch({ password_history: 7 });
  for (let round = 1; round <= 6; round++) expect(await change(`Later-Moon-${round}`)).toEqual(DONE);
  expect(await change("First-Moon-0")).toEqual(USED_BEFORE);
  expect(await change("Later-Moon-7")).toEqual(DONE);
  expect(await change("First-Moon-0")).toEqual(DONE);
});

test("an earlier password in another case is a different password", async () => {
  const { change } = await passwordOwner({ password: "First-Moon-0" });
  expect(await change("FIRST-Moon-0")).toEqual(DONE);
});

test("a refused password does not enter the history", async () => {
  const { mock, change } = await passwordOwner({ password: "First-Moon-0" });
  await mock.policy.patch({ password_min_length: 13 });
  expect(await change("Later-Moon-1")).toMatchObject({ status: 400 });
  await mock.policy.patch({ password_min_length: null });
  expect(await change("Later-Moon-1")).toEqual(DONE);
});

test("an account without a password gets its first one", async () => {
  const { change, hasPassword } = await passwordOwner();
  expect(await hasPassword("First-Moon-0")).toBe(false);
  expect(await change("First-Moon-0")).toEqual(DONE);
  expect(await change("First-Moon-0")).toEqual(USED_BEFORE);
});

test("the passwords of another account do not count", async () => {
  const { mock, change } = await passwordOwner({ password: "First-Moon-0" });
  await mock.accounts.create({ mobile: "13800000002", password: "Other-Sky-42" });
  expect(await change("Other-Sky-42")).toEqual(DONE);
});

test("passwords set by a reset count for a later change, and the other way round", async () => {
  const { change, reset } = await passwordOwner({ password: "First-Moon-0" });
  expect(await reset("Later-Moon-1")).toEqual(DONE);
  expect(await change("Later-Moon-1")).toEqual(USED_BEFORE);
  expect(await change("Later-Moon-2")).toEqual(DONE);
  expect(await reset("Later-Moon-2")).toEqual(USED_BEFORE);
  expect(await reset("First-Moon-0")).toEqual(USED_BEFORE);
});
