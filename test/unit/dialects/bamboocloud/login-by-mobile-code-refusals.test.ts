/** Each check of POST login/mobile-verify-code in both languages, and which of two mistakes is reported. */
import { expect, test } from "vitest";
import {
  BAD_CODE,
  CODE_MISSING,
  CODE_MISTAKES,
  expectRefused,
  HEADER_MISTAKES,
  type Mistake,
  pairsOf,
} from "../../../support/mock/mistakes.ts";
import { loggingIn } from "../../../support/mock/situations.ts";

/** In the order of the checks. */
const MISTAKES: readonly Mistake[] = [
  ...HEADER_MISTAKES,
  {
    check: "mobile-missing",
    code: "USER.0004",
    en: "Mobile number cannot be empty",
    zh: "手机号不能为空",
    parts: ["receiver"],
    spoil: () => ({ body: { mobile: "" } }),
  },
  CODE_MISSING,
  {
    check: "mobile-malformed",
    code: "USER.0020",
    en: "The phone number does not meet the verification rules",
    zh: "手机号不符合校验规则",
    parts: ["receiver"],
    spoil: () => ({ body: { mobile: "1380000000" } }),
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
];

test("the request without mistakes succeeds", async () => {
  const { send } = await loggingIn();
  expect(await send()).toMatchObject({ status: 200, body: { status: "SUCCESS" } });
});

test.each(MISTAKES)("$check returns $code in both languages and changes no account", async (mistake) => {
  await expectRefused(await loggingIn(), mistake);
});

test.each(pairsOf(MISTAKES))("$earlier.check is reported before $later.check", async ({ earlier, later }) => {
  await expectRefused(await loggingIn(), earlier, later);
});
