/** POST email/send: a verification code to an e-mail address. */

import { missing } from "../../dialect-kit/fields.ts";
import { defineOperation, type OperationContext } from "../../dialect-kit/operation.ts";
import { gatewayDown } from "../../dialect-kit/send-checks.ts";
import {
  captchaTokenAltered,
  captchaTokenExpired,
  captchaTokenForeign,
  captchaTokenMissing,
  captchaTokenUnknown,
  captchaTokenUsed,
} from "./captcha-token.ts";
import { clientMissing, clientUnknown, deviceIncomplete } from "./headers.ts";
import { sceneMissing, sending } from "./sending.ts";

const emailOf = ({ body }: OperationContext<"sendEmail">) => body.email;
const email = sending("email", emailOf);

export const sendEmail = defineOperation("sendEmail", {
  checks: {
    "device-incomplete": deviceIncomplete,
    "client-missing": clientMissing,
    "client-unknown": clientUnknown,
    "email-missing": { refuses: ({ body }) => missing("email", body.email) },
    "scene-missing": sceneMissing,
    "captcha-token-missing": captchaTokenMissing,
    "captcha-token-expired": captchaTokenExpired,
    "captcha-token-used": captchaTokenUsed,
    "captcha-token-unknown": captchaTokenUnknown,
    "captcha-token-altered": captchaTokenAltered,
    "captcha-token-foreign": captchaTokenForeign(emailOf),
    "scene-unknown": email.sceneUnknown,
    "receiver-undeliverable": email.undeliverable,
    "receiver-unknown": email.unknown,
    "send-too-soon": email.tooSoon,
    "send-quota-used": email.quotaUsed,
    "gateway-down": gatewayDown,
  },
  run: email.send,
});
