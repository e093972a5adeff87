/** All cases, in the order of the plan. */

import { getCaptchaCases } from "./cases/bamboocloud/get-captcha.ts";
import { loginByMobileCodeCases } from "./cases/bamboocloud/login-by-mobile-code.ts";
import { resetPasswordByMobileCases } from "./cases/bamboocloud/reset-password-by-mobile.ts";
import { sendEmailCases } from "./cases/bamboocloud/send-email.ts";
import { sendSmsCases } from "./cases/bamboocloud/send-sms.ts";
import { updateEmailCases } from "./cases/bamboocloud/update-email.ts";
import { updateMobileCases } from "./cases/bamboocloud/update-mobile.ts";
import { updatePasswordByMobileCases } from "./cases/bamboocloud/update-password-by-mobile.ts";
import { verifyCaptchaCases } from "./cases/bamboocloud/verify-captcha.ts";
import { flowCases } from "./cases/flows/index.ts";
import { genauthGetProfileCases } from "./cases/genauth/get-profile.ts";
import { genauthSendSmsCases } from "./cases/genauth/send-sms.ts";
import { genauthUpdatePhoneCases } from "./cases/genauth/update-phone.ts";
import { genauthVerifyUpdatePhoneRequestCases } from "./cases/genauth/verify-update-phone-request.ts";
import type { Case } from "./world/case.ts";

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
