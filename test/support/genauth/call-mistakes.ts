/** The possible mistakes of a request to each GenAuth operation, in the order of the checks. */
import { expect } from "vitest";
import { BIND, BYSTANDER_PHONE, type Change, NEW_PHONE, OWN_PHONE, tokenFor, UNBIND } from "./genauth.ts";
import { APPLICATION_MISTAKES, type GenauthMistake, SIGNED_IN_MISTAKES } from "./mistakes.ts";

const rule = (check: string, en: string, zh: string, parts: readonly string[], change: Change): GenauthMistake => {
  return { check, code: "400", en, zh, parts, spoil: () => change };
};

export const SEND_MISTAKES: readonly GenauthMistake[] = [
  ...APPLICATION_MISTAKES,
  rule("mobile-missing", "phoneNumber is required", "缺少参数 phoneNumber", ["number"], { body: { phoneNumber: "" } }),
  rule("scene-missing", "channel is required", "缺少参数 channel", ["channel"], { body: { channel: "" } }),
  rule("scene-unknown", "Unknown channel", "未知的 channel", ["channel"], {
    body: { channel: "CHANNEL_UPDATE_PHONE" },
  }),
  rule("mobile-malformed", "The phone number is malformed", "手机号格式不正确", ["number"], {
    body: { phoneNumber: "1520165731" },
  }),
  {
    check: "send-too-soon",
    code: "429",
    en: "Too many requests, please try again later",
    zh: "您的请求已超过最大数量限制，请稍后重试",
    parts: ["number", "channel"],
    async spoil({ send }) {
      expect(await send()).toMatchObject({ body: { statusCode: 200 } });
      return {};
    },
  },
  {
    check: "send-quota-used",
    code: "429",
    en: "Too many requests, please try again later",
    zh: "您的请求已超过最大数量限制，请稍后重试",
    parts: ["number"],
    async spoil({ mock }) {
      await mock.policy.patch({ code_daily_limit: 0 });
      return {};
    },
  },
];

const WRONG_CODE = { code: "400/2001", en: "Incorrect verification code", zh: "验证码不正确" };
const WRONG_OLD_CODE = {
  check: "old-code-wrong",
  code: "400/2001",
  en: "Incorrect verification code of the old phone number",
  zh: "旧手机号验证码不正确",
};

export const VERIFY_MISTAKES: readonly GenauthMistake[] = [
  ...SIGNED_IN_MISTAKES,
  rule(
    "verify-method-unknown",
    "verifyMethod must be PHONE_PASSCODE",
    "verifyMethod 必须为 PHONE_PASSCODE",
    ["method"],
    {
      body: { verifyMethod: "EMAIL_PASSCODE" },
    },
  ),
  rule("new-mobile-missing", "newPhoneNumber is required", "缺少参数 newPhoneNumber", ["new number"], {
    payload: { newPhoneNumber: "" },
  }),
  rule("code-missing", "newPhonePassCode is required", "缺少参数 newPhonePassCode", ["new code"], {
    payload: { newPhonePassCode: "" },
  }),
  rule("mobile-malformed", "The phone number is malformed", "手机号格式不正确", ["new number"], {
    payload: { newPhoneNumber: "1520165731" },
  }),
  rule(
    "old-mobile-missing",
    "oldPhoneNumber and oldPhonePassCode are required",
    "缺少参数 oldPhoneNumber、oldPhonePassCode",
    ["old number"],
    { payload: { oldPhoneNumber: "" } },
  ),
  {
    check: "mobile-own",
    code: "422/2230",
    en: "The new phone number is the same as the old one",
    zh: "新手机号和旧手机号一样",
    parts: ["new number"],
    spoil: () => ({ payload: { newPhoneNumber: OWN_PHONE } }),
  },
  {
    check: "mobile-taken",
    code: "409/2035",
    en: "The phone number is bound already",
    zh: "手机号已绑定",
    parts: ["new number"],
    spoil: () => ({ payload: { newPhoneNumber: BYSTANDER_PHONE } }),
  },
  {
    check: "old-mobile-mismatch",
    code: "422/2038",
    en: "The old phone number does not match",
    zh: "填写的旧手机与实际手机不匹配",
    parts: ["old number"],
    spoil: () => ({ payload: { oldPhoneNumber: BYSTANDER_PHONE } }),
  },
  {
    ...WRONG_CODE,
    check: "code-unknown",
    parts: ["new number", "new code"],
    spoil: () => ({ payload: { newPhoneNumber: "15201657313" } }),
  },
  {
    ...WRONG_CODE,
    check: "code-wrong",
    parts: ["new code"],
    spoil: () => ({ payload: { newPhonePassCode: "000000" } }),
  },
  {
    ...WRONG_CODE,
    check: "code-superseded",
    parts: ["new code", "new number"],
    async spoil({ mock }) {
      await mock.codes.plant({ to: NEW_PHONE, scene: BIND });
      return {};
    },
  },
  {
    ...WRONG_CODE,
    check: "code-used",
    parts: ["new code", "new number", "earlier request"],
    async spoil({ send }) {
      expect(await send()).toMatchObject({ body: { statusCode: 200 } });
      return {};
    },
  },
  {
    check: "code-expired",
    code: "400/2300",
    en: "The verification code has expired",
    zh: "验证码已过期",
    parts: ["new code", "new number"],
    async spoil({ mock }) {
      return { payload: { newPhonePassCode: await mock.codes.plant({ to: NEW_PHONE, scene: BIND, expiresIn: 0 }) } };
    },
  },
  {
    ...WRONG_CODE,
    check: "code-exhausted",
    parts: ["new code", "new number", "earlier request"],
    async spoil({ send }) {
      for (let tries = 0; tries < 5; tries++) await send({ payload: { newPhonePassCode: "000000" } });
      return {};
    },
  },
  { ...WRONG_OLD_CODE, parts: ["old code"], spoil: () => ({ payload: { oldPhonePassCode: "000000" } }) },
  {
    check: "old-code-expired",
    code: "400/2300",
    en: "The verification code of the old phone number has expired",
    zh: "旧手机号验证码已过期",
    parts: ["old code", "old number"],
    async spoil({ mock }) {
      return { payload: { oldPhonePassCode: await mock.codes.plant({ to: OWN_PHONE, scene: UNBIND, expiresIn: 0 }) } };
    },
  },
];

const BAD_TOKEN = { code: "400", en: "updatePhoneToken is invalid", zh: "updatePhoneToken 无效" };

export const UPDATE_MISTAKES: readonly GenauthMistake[] = [
  ...SIGNED_IN_MISTAKES,
  rule("update-token-missing", "updatePhoneToken is required", "缺少参数 updatePhoneToken", ["token"], {
    body: { updatePhoneToken: "" },
  }),
  {
    ...BAD_TOKEN,
    check: "update-token-unknown",
    parts: ["token"],
    spoil: () => ({ body: { updatePhoneToken: "xxxx" } }),
  },
  {
    ...BAD_TOKEN,
    check: "update-token-foreign",
    parts: ["token", "number"],
    async spoil({ mock, bystander }) {
      return { body: { updatePhoneToken: await tokenFor(mock, mock, bystander, "15201657313") } };
    },
  },
  {
    ...BAD_TOKEN,
    check: "update-token-used",
    parts: ["token", "number", "earlier request"],
    async spoil({ send }) {
      expect(await send()).toMatchObject({ body: { statusCode: 200 } });
      return {};
    },
  },
  {
    check: "update-token-expired",
    code: "400",
    en: "updatePhoneToken has expired",
    zh: "updatePhoneToken 已过期",
    parts: ["token"],
    async spoil({ mock }) {
      await mock.clock.advance({ seconds: 60 });
      return {};
    },
  },
  {
    check: "mobile-taken",
    code: "409/2035",
    en: "The phone number is bound already",
    zh: "手机号已绑定",
    parts: ["number"],
    async spoil({ mock }) {
      await mock.accounts.create({ mobile: NEW_PHONE });
      return {};
    },
  },
];
