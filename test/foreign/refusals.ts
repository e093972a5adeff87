/** What the foreign backend must return: each error code in both languages, with one test per refused request. */
import { expect, test } from "vitest";
import { type Headers, refusal, type Visitor, visitor } from "./visitor.ts";

/** Path below `/api/v2/sdk/`, body, headers. */
export type Request = readonly [path: string, body?: unknown, headers?: Headers];
export type Refused = readonly [title: string, code: Code, ask: (visitor: Visitor) => Request | Promise<Request>];

/** Written again here, so that a mistake in texts.ts shows. MOBILE.0002 is missing: CAPTCHA.0007 replaces it. */
const wordings = {
  "PARAM.0001": ["Device information is incomplete", "设备信息不完整"],
  "PARAM.0002": ["clientId cannot be empty", "clientId不能为空"],
  "PARAM.0003": ["The app is not registered, please register the app first", "应用未注册,请先注册应用"],
  "PARAM.0004": ["Slider position cannot be empty", "滑块坐标不能为空"],
  "PARAM.0005": ["Captcha token cannot be empty", "图形验证码标识不能为空"],
  "PARAM.0006": ["Sender cannot be empty", "发送方不能为空"],
  "PARAM.0007": ["Send scene cannot be empty", "发送场景不能为空"],
  "PARAM.0008": ["Graphic verification code verification pass token cannot be empty", "图形验证码校验通过令牌不能为空"],
  "PARAM.0009": ["Verification code cannot be empty", "验证码不能为空"],
  "PARAM.0015": ["IdToken cannot be empty", "IdToken不能为空"],
  "PARAM.0016": ["IdToken is invalid or expired", "IdToken无效或已过期"],
  "CAPTCHA.0001": ["The captcha does not exist any more", "图形验证码不存在或已失效"],
  "CAPTCHA.0002": ["Graphic verification code verification failed", "拼图位置不正确"],
  "CAPTCHA.0003": [
    "Graphic verification code verification passed the token has been invalid",
    "图形验证码校验通过令牌已失效",
  ],
  "CAPTCHA.0004": [
    "Graphic verification code verification passed token verification failed",
    "图形验证码校验通过令牌校验失败",
  ],
  "CAPTCHA.0005": ["Unknown sending scenario", "未知的发送场景"],
  "CAPTCHA.0006": ["Failed to send verification code", "验证码发送失败"],
  "CAPTCHA.0007": ["Incorrect verification code", "验证码不正确"],
  "USER.0001": ["User not found", "用户未找到"],
  "USER.0004": ["Mobile number cannot be empty", "手机号不能为空"],
  "USER.0005": ["E-mail cannot be empty", "请填写邮箱地址"],
  "USER.0006": ["Password cannot be empty", "密码不能为空"],
  "USER.0020": ["The phone number does not meet the verification rules", "手机号码格式有误"],
  "USER.0021": ["The e-mail does not meet the verification rules", "邮箱不符合校验规则"],
  "USER.0035": ["Phone number already exists", "该手机号已被注册"],
  "USER.0036": ["E-mail already exists", "邮箱已存在"],
  "PWD.0001": ["The password is used before, cannot be used again", "不允许使用历史密码"],
  "PWD.0002": ["Password cannot username in reverse order", "密码不允许使用用户名的倒写"],
  "PWD.0003": [
    "Password cannot contain :username, phone number, email prefix, name in PinYing",
    "密码中不允许包含:用户名、手机号、邮箱前缀、姓名拼音",
  ],
  "PWD.0004": [
    "Your password complexity is low, mix capitals, small letters, numbers and symbols (three kinds or more)",
    "密码复杂度低,请混合使用大小写字母、数字和符号(不少于三类)",
  ],
  "PWD.0005": ["The password is weak", "该密码为弱密码"],
  "PWD.0006": ["Number of character repeat in password should not exceed 4", "密码中最大字符重复数不能超过4"],
  "PWD.0007": ["The password must contain 8 to 18 characters", "密码长度为8~18个字符"],
} satisfies Record<string, readonly [english: string, chinese: string]>;

export type Code = keyof typeof wordings;

/** Each request in English, in Chinese and without a language, each with a new backend. */
export function testRefusals(cases: readonly Refused[]): void {
  test.each(cases)("%s: %s", async (_title, code, ask) => {
    const [english = "", chinese = ""] = wordings[code];
    const texts: Readonly<Record<string, string>> = { en: english, "zh-CN": chinese, "": chinese };
    for (const [language, text] of Object.entries(texts)) {
      const fresh = await visitor();
      const [path, body, headers] = await ask(fresh);
      expect(await fresh.api(path, body, { ...headers, "x-l": language })).toEqual(refusal(code, text));
    }
  });
}

export async function expiredToken({ signedInAccount, token }: Visitor): Promise<Headers> {
  return token((await signedInAccount({ mobile: "15201657312" })).id, { expires_in: 0 });
}

export async function tokenOfDeleted({ signedInAccount, control }: Visitor): Promise<Headers> {
  const { id, signedIn } = await signedInAccount({ mobile: "15201657312" });
  expect((await control("DELETE", `/accounts/${id}`)).status).toBe(204);
  return signedIn;
}
