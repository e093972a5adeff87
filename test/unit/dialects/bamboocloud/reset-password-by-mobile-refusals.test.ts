/** Each check of POST pwd/update-by-mobile without Authorization in both languages, and which of two mistakes is reported. */
import { expect, test } from "vitest";
import { DONE } from "../../../support/mock/api.ts";
import {
  BAD_CODE,
  CODE_MISSING,
  CODE_MISTAKES,
  expectRefused,
  HEADER_MISTAKES,
  type Mistake,
  pairsOf,
} from "../../../support/mock/mistakes.ts";
import { PASSWORD_MISTAKES } from "../../../support/mock/passwords.ts";
import { NEW_PASSWORD, resettingPassword } from "../../../support/mock/situations.ts";

/** In the order of the checks. */
const MISTAKES: readonly Mistake[] = [
  ...HEADER_MISTAKES,
  CODE_MISSING,
  {
    check: "mobile-missing",
    code: "USER.0004",
    en: "Mobile number cannot be empty",
    zh: "手机号不能为空",
    parts: ["receiver"],
    spoil: () => ({ body: { mobile: "" } }),
  },
  {
    check: "account-unknown",
    code: "USER.0001",
    en: "User not found",
    zh: "用户未找到",
    parts: ["receiver"],
    async spoil({ mock, scene, code }) {
      await mock.codes.plant({ to: "13900000000", scene, code });
      return { body: { mobile: "13900000000" } };
    },
  },
  {
    ...BAD_CODE,
    check: "code-unknown",
    parts: ["receiver", "code"],
    spoil: () => ({ body: { mobile: "13800000002" } }),
  },
  ...CODE_MISTAKES,
  ...PASSWORD_MISTAKES,
];

test("the request without mistakes succeeds", async () => {
  const { mock, account, send } = await resettingPassword();
  expect(await send()).toEqual(DONE);
  expect(await mock.accounts.hasPassword(account.id, NEW_PASSWORD)).toBe(true);
});

test.each(MISTAKES)("$check returns $code in both languages and changes no account", async (mistake) => {
  await expectRefused(await resettingPassword(), mistake);
});

test.each(pairsOf(MISTAKES))("$earlier.check is reported before $later.check", async ({ earlier, later }) => {
  await expectRefused(await resettingPassword(), earlier, later);
});
