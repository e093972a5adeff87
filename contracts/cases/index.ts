/** All cases, in the order of the manifest. */
import type { Case } from "../case.ts";
import { flowCases } from "../flows/index.ts";
import { genauthGetProfileCases } from "./genauth/get-profile.ts";
import { genauthSendSmsCases } from "./genauth/send-sms.ts";
import { genauthUpdatePhoneCases } from "./genauth/update-phone.ts";
import { genauthVerifyUpdatePhoneRequestCases } from "./genauth/verify-update-phone-request.ts";
import { getCaptchaCases } from "./get-captcha.ts";
import { loginByMobileCodeCases } from "./login-by-mobile-code.ts";
import { resetPasswordByMobileCases } from "./reset-password-by-mobile.ts";
import { sendEmailCases } from "./send-email.ts";
import { sendSmsCases } from "./send-sms.ts";
import { updateEmailCases } from "./update-email.ts";
import { updateMobileCases } from "./update-mobile.ts";
import { updatePasswordByMobileCases } from "./update-password-by-mobile.ts";
import { verifyCaptchaCases } from "./verify-captcha.ts";

export const allCases: readonly Case[] = [
  ...getCaptchaCases,
  ...verifyCaptchaCases,
  ...sendSmsCases,
  ...sendEmailCases,
  ...loginByMobileCodeCases,
  ...updateMobileCases,
  ...updateEmailCases,
  ...updatePasswordByMobileCases,
  ...resetPasswordByMobileCases,
  ...genauthSendSmsCases,
  ...genauthVerifyUpdatePhoneRequestCases,
  ...genauthUpdatePhoneCases,
  ...genauthGetProfileCases,
  ...flowCases,
];
