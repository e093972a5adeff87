/** Each check of POST profile/update-email in both languages, and which of two mistakes is reported. */
import { expect, test } from "vitest";
import { DONE, refusal } from "../../../support/mock/api.ts";
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
import { NEW_EMAIL, OWN_EMAIL, updatingEmail } from "../../../support/mock/situations.ts";

const BAD_ADDRESS = {
  code: "USER.0021",
  en: "The e-mail does not meet the verification rules",
  zh: "邮箱不符合校验规则",
};
const ADDRESS_EXISTS = { code: "USER.0036", en: "E-mail already exists", zh: "邮箱已存在" };
const ADDRESS = ["receiver", "new address"];

/** In the order of the checks. */
const MISTAKES: readonly Mistake[] = [
  ...HEADER_MISTAKES,
  TOKEN_MISSING,
  ...TOKEN_MISTAKES,
  CODE_MISSING,
  { ...BAD_ADDRESS, check: "new-email-missing", parts: ADDRESS, spoil: () => ({ body: { email: "" } }) },
  { ...BAD_ADDRESS, check: "email-malformed", parts: ADDRESS, spoil: () => ({ body: { email: "15201657312" } }) },
  {
    ...BAD_CODE,
    check: "code-unknown",
    parts: [...ADDRESS, "code"],
    spoil: () => ({ body: { email: "other@163.com" } }),
  },
  ...CODE_MISTAKES,
  {
    ...ADDRESS_EXISTS,
    check: "email-own",
    parts: [...ADDRESS, "account"],
    async spoil({ mock, scene }) {
      const verify_code = await mock.codes.plant({ to: OWN_EMAIL, scene });
      return { body: { email: OWN_EMAIL, verify_code } };
    },
  },
  {
    ...ADDRESS_EXISTS,
    check: "email-taken",
    parts: ["new address", "earlier request"],
    async spoil({ mock }) {
      await mock.accounts.create({ email: NEW_EMAIL });
      return {};
    },
  },
  ACCOUNT_GONE,
];

test("the request without mistakes succeeds", async () => {
  const { mock, account, send } = await updatingEmail();
  expect(await send()).toEqual(DONE);
  expect(await mock.accounts.read(account.id)).toMatchObject({ email: "15201657312@163.com" });
});

test.each(MISTAKES)("$check returns $code in both languages and changes no account", async (mistake) => {
  await expectRefused(await updatingEmail(), mistake);
});

test.each(pairsOf(MISTAKES))("$earlier.check is reported before $later.check", async ({ earlier, later }) => {
  await expectRefused(await updatingEmail(), earlier, later);
});

test("a code that was tried too often is reported before the account's own address", async () => {
  const { mock, scene, send } = await updatingEmail();
  const verify_code = await mock.codes.plant({ to: OWN_EMAIL, scene });
  for (let tries = 0; tries < 5; tries++) await send({ body: { email: OWN_EMAIL, verify_code: "000000" } });
  expect(await send({ body: { email: OWN_EMAIL, verify_code } })).toEqual(refusal(BAD_CODE.code, BAD_CODE.en));
});
