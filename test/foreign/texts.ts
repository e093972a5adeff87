/**
 * The texts of the refusals in both languages, copied from the pages. Chinese texts that no page prints are this backend's own,
 * and so are all texts below "own".
 */
export type Language = "en" | "zh";

interface Wording {
  readonly en: string;
  readonly zh: string;
}

const wordings = {
  "PARAM.0001": { en: "Device information is incomplete", zh: "设备信息不完整" },
  "PARAM.0002": { en: "clientId cannot be empty", zh: "clientId不能为空" },
  "PARAM.0003": { en: "The app is not registered, please register the app first", zh: "应用未注册,请先注册应用" },
  "PARAM.0007": { en: "Send scene cannot be empty", zh: "发送场景不能为空" },
  "PARAM.0008": {
    en: "Graphic verification code verification pass token cannot be empty",
    zh: "图形验证码校验通过令牌不能为空",
  },
  "PARAM.0009": { en: "Verification code cannot be empty", zh: "验证码不能为空" },
  "PARAM.0015": { en: "IdToken cannot be empty", zh: "IdToken不能为空" },
  "PARAM.0016": { en: "IdToken is invalid or expired", zh: "IdToken无效或已过期" },
  "CAPTCHA.0002": { en: "Graphic verification code verification failed", zh: "拼图位置不正确" },
  "CAPTCHA.0003": {
    en: "Graphic verification code verification passed the token has been invalid",
    zh: "图形验证码校验通过令牌已失效",
  },
  "CAPTCHA.0004": {
    en: "Graphic verification code verification passed token verification failed",
    zh: "图形验证码校验通过令牌校验失败",
  },
  "CAPTCHA.0005": { en: "Unknown sending scenario", zh: "未知的发送场景" },
  "CAPTCHA.0006": { en: "Failed to send verification code", zh: "验证码发送失败" },
  "CAPTCHA.0007": { en: "Incorrect verification code", zh: "验证码不正确" },
  "USER.0001": { en: "User not found", zh: "用户未找到" },
  "USER.0004": { en: "Mobile number cannot be empty", zh: "手机号不能为空" },
  "USER.0005": { en: "E-mail cannot be empty", zh: "请填写邮箱地址" },
  "USER.0006": { en: "Password cannot be empty", zh: "密码不能为空" },
  "USER.0020": { en: "The phone number does not meet the verification rules", zh: "手机号码格式有误" },
  "USER.0021": { en: "The e-mail does not meet the verification rules", zh: "邮箱不符合校验规则" },
  "USER.0035": { en: "Phone number already exists", zh: "该手机号已被注册" },
  "USER.0036": { en: "E-mail already exists", zh: "邮箱已存在" },
  "MOBILE.0002": { en: "An unauthenticated cell mobile number", zh: "该手机号未通过认证" },
  "PWD.0001": { en: "The password is used before, cannot be used again", zh: "不允许使用历史密码" },
  "PWD.0002": { en: "Password cannot username in reverse order", zh: "密码不允许使用用户名的倒写" },
  "PWD.0003": {
    en: "Password cannot contain :username, phone number, email prefix, name in PinYing",
    zh: "密码中不允许包含:用户名、手机号、邮箱前缀、姓名拼音",
  },
  "PWD.0004": { en: "Your password complexity is low, {0}", zh: "密码复杂度低,{0}" },
  "PWD.0005": { en: "The password is weak", zh: "该密码为弱密码" },
  "PWD.0006": {
    en: "Number of character repeat in password should not exceed {0}",
    zh: "密码中最大字符重复数不能超过{0}",
  },
  "PWD.0007": {
    en: "The password must contain {0} to {1} characters",
    zh: "密码长度为{0}~{1}个字符",
  },

  // Own: codes that no page shows, allowed by openapi.yaml where the captcha's table is cut.
  "PARAM.0004": { en: "Slider position cannot be empty", zh: "滑块坐标不能为空" },
  "PARAM.0005": { en: "Captcha token cannot be empty", zh: "图形验证码标识不能为空" },
  "PARAM.0006": { en: "Sender cannot be empty", zh: "发送方不能为空" },
  "CAPTCHA.0001": { en: "The captcha does not exist any more", zh: "图形验证码不存在或已失效" },
  // Own: errors that no page mentions.
  "HTTP.0400": { en: "The request body is not a JSON object", zh: "请求体不是JSON对象" },
  "HTTP.0404": { en: "No such interface", zh: "接口不存在" },
  "HTTP.0405": { en: "Method not allowed", zh: "不支持该请求方法" },
  "HTTP.0429": { en: "Too many requests", zh: "请求过于频繁" },
  "HTTP.0415": { en: "The media type is not supported", zh: "不支持的媒体类型" },
  "HTTP.0413": { en: "The request body is too large", zh: "请求体过大" },
} satisfies Record<string, Wording>;

export type ErrorCode = keyof typeof wordings;

/** The text with its values; undefined for a code without a text of this backend. */
export function wordingOf(code: string, language: Language, params: readonly unknown[] = []): string | undefined {
  const wording = (wordings as Readonly<Record<string, Wording>>)[code];
  return wording?.[language].replace(/\{(\d)\}/g, (_, index) => String(params[Number(index)]));
}

export const MIXTURE: Readonly<Record<Language, string>> = {
  en: "mix capitals, small letters, numbers and symbols (three kinds or more)",
  zh: "请混合使用大小写字母、数字和符号(不少于三类)",
};

const messages: Readonly<Record<Language, (code: string) => string>> = {
  en: (code) => `${code} is your code. Do not show it to others.`,
  zh: (code) => `您的动态码：${code}，请勿泄露。`,
};

export function messageText(code: string, language: Language): string {
  return messages[language](code);
}
