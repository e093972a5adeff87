/**
 * The refusals of GenAuth. The page of error codes documents 401 with 2020, 404 with 2004, and what each statusCode means; all
 * else is this backend's own choice.
 */
import type { Instead } from "../options.ts";

export interface GenauthRefusal {
  readonly status: number;
  readonly apiCode?: number | null;
  readonly en: string;
  readonly zh: string;
}

const NOT_SIGNED_IN = { status: 401, apiCode: 2020, en: "Please sign in first", zh: "尚未登录，无权限访问此请求" };
const WRONG_CODE = { status: 400, apiCode: 2001, en: "The passcode is not right", zh: "验证码错误" };
const BAD_PERMIT = { status: 400, en: "The update token cannot be used", zh: "凭证不可用" };
export const THROTTLED = { status: 429, en: "You are sending too much", zh: "您的请求已超过最大数量限制，请稍后重试" };

const refusals = {
  "client-missing": { status: 400, en: "No app id", zh: "缺少应用标识" },
  "client-unknown": { status: 404, apiCode: 2011, en: "No such app", zh: "应用不存在" },
  "body-malformed": { status: 400, en: "The body is not a JSON object", zh: "请求体不是JSON对象" },
  "body-unsupported": { status: 415, en: "The media type is not supported", zh: "不支持的媒体类型" },
  "field-unknown": { status: 400, en: "A field is unknown", zh: "存在未知参数" },
  "mobile-missing": { status: 400, en: "phoneNumber should not be empty", zh: "phoneNumber 不能为空" },
  "scene-missing": { status: 400, en: "channel should not be empty", zh: "channel 不能为空" },
  "scene-unknown": { status: 400, en: "channel has an unknown value", zh: "channel 取值错误" },
  "mobile-malformed": { status: 400, en: "The phone number has a wrong format", zh: "手机号格式错误" },
  "send-too-soon": THROTTLED,
  "send-quota-used": THROTTLED,
  "gateway-down": { status: 500, en: "The SMS gateway failed", zh: "短信网关异常" },
  "access-token-missing": NOT_SIGNED_IN,
  "access-token-invalid": NOT_SIGNED_IN,
  "access-token-expired": NOT_SIGNED_IN,
  "account-gone": { status: 404, apiCode: 2004, en: "No such user", zh: "用户不存在" },
  "verify-method-unknown": { status: 400, en: "verifyMethod has an unknown value", zh: "verifyMethod 取值错误" },
  "new-mobile-missing": { status: 400, en: "newPhoneNumber should not be empty", zh: "newPhoneNumber 不能为空" },
  "code-missing": { status: 400, en: "newPhonePassCode should not be empty", zh: "newPhonePassCode 不能为空" },
  "old-mobile-missing": { status: 400, en: "The old phone must be proven", zh: "请先验证旧手机号" },
  "mobile-own": { status: 422, apiCode: 2230, en: "That is your phone number already", zh: "新手机号与旧手机号相同" },
  "mobile-taken": { status: 409, apiCode: 2035, en: "The phone number is in use", zh: "手机号已被占用" },
  "old-mobile-mismatch": { status: 422, apiCode: 2038, en: "That is not your old phone number", zh: "旧手机号不匹配" },
  "code-unknown": WRONG_CODE,
  "code-wrong": WRONG_CODE,
  "code-superseded": WRONG_CODE,
  "code-used": WRONG_CODE,
  "code-expired": { status: 400, apiCode: 2300, en: "The passcode is out of date", zh: "验证码已失效" },
  "code-exhausted": WRONG_CODE,
  "old-code-wrong": WRONG_CODE,
  "old-code-expired": { status: 400, apiCode: 2300, en: "The old passcode is out of date", zh: "旧手机验证码已失效" },
  "update-token-missing": { status: 400, en: "updatePhoneToken should not be empty", zh: "updatePhoneToken 不能为空" },
  "update-token-unknown": BAD_PERMIT,
  "update-token-foreign": BAD_PERMIT,
  "update-token-used": BAD_PERMIT,
  "update-token-expired": BAD_PERMIT,
} satisfies Record<string, GenauthRefusal>;

export type GenauthCause = keyof typeof refusals;

export const GENAUTH_OPERATIONS: readonly string[] = [
  "genauthSendSms",
  "genauthVerifyUpdatePhoneRequest",
  "genauthUpdatePhone",
  "genauthGetProfile",
];

export function genauthRefusal(cause: string): GenauthRefusal | undefined {
  return (refusals as Readonly<Record<string, GenauthRefusal>>)[cause];
}

export function withInstead(refusal: GenauthRefusal, { status, apiCode, en, zh }: Instead): GenauthRefusal {
  return {
    status: status ?? refusal.status,
    apiCode: apiCode === undefined ? (refusal.apiCode ?? null) : apiCode,
    en: en ?? refusal.en,
    zh: zh ?? refusal.zh,
  };
}
