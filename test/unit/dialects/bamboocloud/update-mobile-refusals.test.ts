/** Each check of POST profile/update-mobile in both languages, and which of two mistakes is reported. */
import { expect, test } from "vitest";
import { CANONICAL_MOBILE, DONE, MOBILE, refusal } from "../../../support/mock/api.ts";
import {
  ACCOUNT_GONE,
  BAD_CODE,
  CODE_MISSING,
  CODE_MISTAKES,
  expectRefused,
  HEADER_MISTAKES,
  type Mistake,
  pairsOf,
  TOKEN_MISSING,
  TOKEN_MISTAKES,
} from "../../../support/mock/mistakes.ts";
import { OWN_MOBILE, updatingMobile } from "../../../support/mock/situations.ts";

const BAD_NUMBER = {
  code: "USER.0020",
  en: "The phone number does not meet the verification rules",
  zh: "手机号不符合校验规则",
};
const NUMBER_EXISTS = { code: "USER.0035", en: "Phone number already exists", zh: "手机号已存在" };

const NUMBER = ["receiver", "new number"];

/** In the order of the checks. */
const MISTAKES: readonly Mistake[] = [
  ...HEADER_MISTAKES,
  TOKEN_MISSING,
  ...TOKEN_MISTAKES,
  CODE_MISSING,
  { ...BAD_NUMBER, check: "new-mobile-missing", parts: NUMBER, spoil: () => ({ body: { mobile: "" } }) },
  { ...BAD_NUMBER, check: "mobile-malformed", parts: NUMBER, spoil: () => ({ body: { mobile: "1520165731" } }) },
  {
    check: "mobile-unverified",
    code: "MOBILE.0002",
    en: "An unauthenticated cell mobile number",
    zh: "未认证的手机号",
    parts: NUMBER,
    spoil: () => ({ body: { mobile: "15201657313" } }),
  },
  ...CODE_MISTAKES,
  {
    ...NUMBER_EXISTS,
    check: "mobile-own",
    parts: [...NUMBER, "account"],
    async spoil({ mock, scene }) {
      const verify_code = await mock.codes.plant({ to: OWN_MOBILE, scene });
      return { body: { mobile: OWN_MOBILE, verify_code } };
    },
  },
  {
    ...NUMBER_EXISTS,
    check: "mobile-taken",
    parts: ["new number", "earlier request"],
    async spoil({ mock }) {
      await mock.accounts.create({ mobile: MOBILE });
      return {};
    },
  },
  ACCOUNT_GONE,
];

test("the request without mistakes succeeds", async () => {
  const { mock, account, send } = await updatingMobile();
  expect(await send()).toEqual(DONE);
  expect(await mock.accounts.read(account.id)).toMatchObject({ mobile: CANONICAL_MOBILE });
});

test.each(MISTAKES)("$check returns $code in both languages and changes no account", async (mistake) => {
  await expectRefused(await updatingMobile(), mistake);
});

test.each(pairsOf(MISTAKES))("$earlier.check is reported before $later.check", async ({ earlier, later }) => {
  await expectRefused(await updatingMobile(), earlier, later);
});

test("a code that was tried too often is reported before the account's own number", async () => {
  const { mock, scene, send } = await updatingMobile();
  const verify_code = await mock.codes.plant({ to: OWN_MOBILE, scene });
  for (let tries = 0; tries < 5; tries++) await send({ body: { mobile: OWN_MOBILE, verify_code: "000000" } });
  expect(await send({ body: { mobile: OWN_MOBILE, verify_code } })).toEqual(refusal(BAD_CODE.code, BAD_CODE.en));
});
