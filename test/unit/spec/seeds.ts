/**
 * The content of the vendor's four pages, copied by hand: the error table row by row, the request example, the error example,
 * the header samples. Not derived from openapi.yaml, which is tested against this.
 */

interface Row {
  readonly code: string;
  readonly en: string;
  /** Page update-mobile prints English back-translations instead; null where no other page has the Chinese text. */
  readonly zh: string | null;
}

interface Seed {
  readonly operationId: string;
  readonly rows: readonly Row[];
  readonly request: Readonly<Record<string, string>>;
  readonly refusal: { readonly error_code: string; readonly error_msg: string };
}

const updateMobile: Seed = {
  operationId: "updateMobile",
  rows: [
    { code: "IDAAS.SDK.PARAM.0001", en: "Device information is incomplete", zh: "设备信息不完整" },
    { code: "IDAAS.SDK.PARAM.0002", en: "clientId cannot be empty", zh: "clientId不能为空" },
    {
      code: "IDAAS.SDK.PARAM.0003",
      en: "The app is not registered, please register the app first",
      zh: "应用未注册,请先注册应用",
    },
    { code: "IDAAS.SDK.PARAM.0015", en: "IdToken cannot be empty", zh: "IdToken不能为空" },
    { code: "IDAAS.SDK.PARAM.0016", en: "IdToken is invalid or expired", zh: "IdToken无效或已过期" },
    { code: "IDAAS.SDK.PARAM.0009", en: "Verification code cannot be empty", zh: "验证码不能为空" },
    { code: "IDAAS.SDK.CAPTCHA.0007", en: "Incorrect verification code", zh: "验证码不正确" },
    { code: "IDAAS.SDK.USER.0020", en: "The phone number does not meet the verification rules", zh: null },
    { code: "IDAAS.SDK.USER.0035", en: "Phone number already exists", zh: null },
    { code: "IDAAS.SDK.MOBILE.0002", en: "An unauthenticated cell mobile number", zh: null },
    { code: "IDAAS.SDK.USER.0001", en: "User not found", zh: "用户未找到" },
  ],
  request: { mobile: "15201657312", verify_code: "123456" },
  refusal: { error_code: "IDAAS.SDK.PARAM.0016", error_msg: "IdToken is invalid or expired" },
};

const updatePasswordByMobile: Seed = {
  operationId: "updatePasswordByMobile",
  rows: [
    { code: "IDAAS.SDK.PARAM.0001", en: "Device information is incomplete", zh: "设备信息不完整" },
    { code: "IDAAS.SDK.PARAM.0002", en: "clientId cannot be empty", zh: "clientId不能为空" },
    {
      code: "IDAAS.SDK.PARAM.0003",
      en: "The app is not registered, please register the app first",
      zh: "应用未注册,请先注册应用",
    },
    { code: "IDAAS.SDK.PARAM.0009", en: "Verification code cannot be empty", zh: "验证码不能为空" },
    { code: "IDAAS.SDK.CAPTCHA.0007", en: "Incorrect verification code", zh: "验证码不正确" },
    { code: "IDAAS.SDK.USER.0004", en: "Mobile number cannot be empty", zh: "手机号不能为空" },
    { code: "IDAAS.SDK.USER.0006", en: "Password cannot be empty", zh: "密码不能为空" },
    { code: "IDAAS.SDK.USER.0001", en: "User not found", zh: "用户未找到" },
    {
      code: "IDAAS.SDK.PWD.0001",
      en: "The password is used before, cannot be used again",
      zh: "不允许使用历史密码",
    },
    {
      code: "IDAAS.SDK.PWD.0002",
      en: "Password cannot username in reverse order",
      zh: "密码不允许使用用户名的倒写",
    },
    {
      code: "IDAAS.SDK.PWD.0003",
      en: "Password cannot contain :username, phone number, email prefix, name in PinYing",
      zh: "密码中不允许包含:用户名、手机号、邮箱前缀、姓名拼音",
    },
    { code: "IDAAS.SDK.PWD.0004", en: "Your password complexity is low, {0}", zh: "密码复杂度低,{0}" },
    { code: "IDAAS.SDK.PWD.0005", en: "The password is weak", zh: "该密码为弱密码" },
    {
      code: "IDAAS.SDK.PWD.0006",
      en: "Number of character repeat in password should not exceed {0}",
      zh: "密码中最大字符重复数不能超过{0}",
    },
    {
      code: "IDAAS.SDK.PWD.0007",
      en: "The password must contain {0} to {1} characters",
      zh: "密码长度为{0}~{1}个字符",
    },
  ],
  request: { verify_code: "123456", password: "P@ssw0rd" },
  refusal: { error_code: "IDAAS.SDK.CAPTCHA.0007", error_msg: "Incorrect verification code" },
};

const updateEmail: Seed = {
  operationId: "updateEmail",
  rows: [
    { code: "IDAAS.SDK.PARAM.0001", en: "Device information is incomplete", zh: "设备信息不完整" },
    { code: "IDAAS.SDK.PARAM.0002", en: "clientId cannot be empty", zh: "clientId不能为空" },
    {
      code: "IDAAS.SDK.PARAM.0003",
      en: "The app is not registered, please register the app first",
      zh: "应用未注册,请先注册应用",
    },
    { code: "IDAAS.SDK.PARAM.0015", en: "IdToken cannot be empty", zh: "IdToken不能为空" },
    { code: "IDAAS.SDK.PARAM.0016", en: "IdToken is invalid or expired", zh: "IdToken无效或已过期" },
    { code: "IDAAS.SDK.PARAM.0009", en: "Verification code cannot be empty", zh: "验证码不能为空" },
    { code: "IDAAS.SDK.CAPTCHA.0007", en: "Incorrect verification code", zh: "验证码不正确" },
    {
      code: "IDAAS.SDK.USER.0021",
      en: "The e-mail does not meet the verification rules",
      zh: "邮箱不符合校验规则",
    },
    { code: "IDAAS.SDK.USER.0036", en: "E-mail already exists", zh: "邮箱已存在" },
    { code: "IDAAS.SDK.USER.0001", en: "User not found", zh: "用户未找到" },
  ],
  request: { email: "15201657312@163.com", verify_code: "123456" },
  refusal: { error_code: "IDAAS.SDK.PARAM.0016", error_msg: "IdToken is invalid or expired" },
};

const sendSms: Seed = {
  operationId: "sendSms",
  rows: [
    { code: "IDAAS.SDK.PARAM.0001", en: "Device information is incomplete", zh: "设备信息不完整" },
    { code: "IDAAS.SDK.PARAM.0002", en: "clientId cannot be empty", zh: "clientId不能为空" },
    {
      code: "IDAAS.SDK.PARAM.0003",
      en: "The app is not registered, please register the app first",
      zh: "应用未注册,请先注册应用",
    },
    { code: "IDAAS.SDK.USER.0004", en: "Mobile number cannot be empty", zh: "手机号不能为空" },
    { code: "IDAAS.SDK.PARAM.0007", en: "Send scene cannot be empty", zh: "发送场景不能为空" },
    {
      code: "IDAAS.SDK.PARAM.0008",
      en: "Graphic verification code verification pass token cannot be empty",
      zh: "图形验证码校验通过令牌不能为空",
    },
    {
      code: "IDAAS.SDK.CAPTCHA.0003",
      en: "Graphic verification code verification passed the token has been invalid",
      zh: "图形验证码校验通过令牌已失效",
    },
    {
      code: "IDAAS.SDK.CAPTCHA.0004",
      en: "Graphic verification code verification passed token verification failed",
      zh: "图形验证码校验通过令牌校验失败",
    },
    { code: "IDAAS.SDK.CAPTCHA.0005", en: "Unknown sending scenario", zh: "未知的发送场景" },
    { code: "IDAAS.SDK.CAPTCHA.0006", en: "Failed to send verification code", zh: "验证码发送失败" },
  ],
  request: {
    mobile: "15200000000",
    type: "BIND_MOBILE_SMS",
    captcha_token: '71dd26999e314f9abb0c635336976635---{"x":237.0,"y":5.0}',
  },
  refusal: { error_code: "IDAAS.SDK.CAPTCHA.0006", error_msg: "Failed to send verification code" },
};

export const seeds: readonly Seed[] = [updateMobile, updatePasswordByMobile, updateEmail, sendSms];

/** The header table that all four pages share; OpenAPI does not count content-type and Authorization as parameters. */
export const headers = [
  { name: "X-operating-sys-version", required: true, example: "windows10.1.1" },
  { name: "X-device-fingerprint", required: true, example: "156aysdna213sc50" },
  { name: "X-device-ip", required: false, example: "192.168.1.2" },
  { name: "X-agent", required: true, example: "Mozilla/5.0 (iPhone; CPU iPhone OS 13_3 like Mac OS X)" },
  { name: "X-L", required: false, example: "zh" },
  { name: "X-client-id", required: true, example: "nTo1eRIub60vPb54WeE6aojPwYwImtl4" },
] as const;
