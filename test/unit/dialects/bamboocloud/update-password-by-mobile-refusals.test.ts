/** Each check of POST pwd/update-by-mobile with Authorization in both languages, and which of two mistakes is reported. */
import { expect, test } from "vitest";
import { DONE } from "../../../support/mock/api.ts";
import {
  ACCOUNT_GONE,
  BAD_CODE,
  CODE_MISSING,
  CODE_MISTAKES,
  expectRefused,
  HEADER_MISTAKES,
  type Mistake,
  pairsOf,
  TOKEN_MISTAKES,
} from "../../../support/mock/mistakes.ts";
import { PASSWORD_MISTAKES } from "../../../support/mock/passwords.ts";
import { NEW_PASSWORD, updatingPassword } from "../../../support/mock/situations.ts";

/** In the order of the checks. */
const MISTAKES: readonly Mistake[] = [
  ...HEADER_MISTAKES,
  ...TOKEN_MISTAKES,
  CODE_MISSING,
  {
    check: "account-without-mobile",
    code: "USER.0004",
    en: "Mobile number cannot be empty",
    zh: "手机号不能为空",
    parts: ["token", "account", "receiver"],
    async spoil({ mock }) {
      const { id } = await mock.accounts.create({ email: "numberless@ciam.test", username: "skylark-2" });
      const { idToken } = await mock.accounts.issueTokens(id);
      return { headers: { authorization: `Bearer ${idToken}` } };
    },
  },
  { ...ACCOUNT_GONE, parts: ["account", "receiver"] },
  {
    ...BAD_CODE,
    check: "code-unknown",
    parts: ["token", "account", "receiver", "code"],
    spoil: ({ bystanderSignedIn }) => ({ headers: bystanderSignedIn }),
  },
  ...CODE_MISTAKES,
  ...PASSWORD_MISTAKES,
];

test("the request without mistakes succeeds", async () => {
  const { mock, account, send } = await updatingPassword();
  expect(await send()).toEqual(DONE);
  expect(await mock.accounts.hasPassword(account.id, NEW_PASSWORD)).toBe(true);
});

test.each(MISTAKES)("$check returns $code in both languages and changes no account", async (mistake) => {
  await expectRefused(await updatingPassword(), mistake);
});

test.each(pairsOf(MISTAKES))("$earlier.check is reported before $later.check", async ({ earlier, later }) => {
  await expectRefused(await updatingPassword(), earlier, later);
});
