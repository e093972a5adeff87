/** All texts of the page itself. Texts of the API come from the API, in the requested language. */

export const TEXTS = {
  title: { en: "My account", zh: "我的账户" },
  language: { en: "Language", zh: "语言" },
  signIn: { en: "Sign in", zh: "登录" },
  signOut: { en: "Sign out", zh: "退出登录" },
  signedInAs: { en: "Signed in as", zh: "已登录：" },
  mobile: { en: "Mobile number", zh: "手机号" },
  newMobile: { en: "New mobile number", zh: "新手机号" },
  newEmail: { en: "New e-mail address", zh: "新邮箱" },
  newPassword: { en: "New password", zh: "新密码" },
  code: { en: "Code", zh: "验证码" },
  sendCode: { en: "Send code", zh: "发送验证码" },
  codeSent: { en: "A code is on its way to you.", zh: "验证码已发送。" },
  changeMobile: { en: "Change mobile number", zh: "修改手机号" },
  mobileChanged: { en: "Your mobile number is changed.", zh: "手机号已修改。" },
  changeEmail: { en: "Change e-mail address", zh: "修改邮箱" },
  emailChanged: { en: "Your e-mail address is changed.", zh: "邮箱已修改。" },
  changePassword: { en: "Change password", zh: "修改密码" },
  passwordChanged: { en: "Your password is changed.", zh: "密码已修改。" },
  codeGoesTo: { en: "The code goes to your mobile number.", zh: "验证码将发送到您的手机号。" },
  forgotPassword: { en: "Forgot your password?", zh: "忘记密码？" },
  setPassword: { en: "Set new password", zh: "设置新密码" },
  captcha: { en: "Are you a person?", zh: "安全验证" },
  movePiece: { en: "Move the piece into the gap", zh: "拖动滑块，填补缺口" },
  confirm: { en: "Confirm", zh: "确定" },
  cancel: { en: "Cancel", zh: "取消" },
  unreachable: { en: "The service cannot be reached. Please try again.", zh: "无法连接服务，请重试。" },
} as const;

export type Text = keyof typeof TEXTS;
