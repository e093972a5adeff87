/** The Bamboocloud IDaaS CIAM SDK API: its envelope, its headers and its operations. */
import type { Dialect } from "../../dialect-kit/operation.ts";
import { envelope, errorCode, texts } from "./envelope.ts";
import { getCaptcha } from "./get-captcha.ts";
import { clientId, language } from "./headers.ts";
import { loginByMobileCode } from "./login-by-mobile-code.ts";
import { resetPasswordByMobile } from "./reset-password-by-mobile.ts";
import { scenes } from "./scenes.ts";
import { sendEmail } from "./send-email.ts";
import { sendSms } from "./send-sms.ts";
import { updateEmail } from "./update-email.ts";
import { updateMobile } from "./update-mobile.ts";
import { updatePasswordByMobile } from "./update-password-by-mobile.ts";
import { verifyCaptcha } from "./verify-captcha.ts";

export const bamboocloud: Dialect<"bamboocloud"> = {
  name: "bamboocloud",
  basePath: "/api/v2/sdk",
  scenes,
  clientId,
  language,
  errorCode,
  texts,
  envelope,
  operations: {
    getCaptcha,
    verifyCaptcha,
    sendSms,
    sendEmail,
    loginByMobileCode,
    updateMobile,
    updateEmail,
    updatePasswordByMobile,
    resetPasswordByMobile,
  },
};
