/** POST sms/send: a verification code to a mobile number. */
import { parseMobile } from "../../core/mobile.ts";
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

const mobileOf = ({ body }: OperationContext<"sendSms">) => body.mobile;
const sms = sending("sms", mobileOf);

export const sendSms = defineOperation("sendSms", {
  checks: {
    "device-incomplete": deviceIncomplete,
    "client-missing": clientMissing,
    "client-unknown": clientUnknown,
    "mobile-missing": { refuses: ({ body }) => missing("mobile", body.mobile) },
    "scene-missing": sceneMissing,
    "captcha-token-missing": captchaTokenMissing,
    "captcha-token-expired": captchaTokenExpired,
    "captcha-token-used": captchaTokenUsed,
    "captcha-token-unknown": captchaTokenUnknown,
    "captcha-token-altered": captchaTokenAltered,
    "captcha-token-foreign": captchaTokenForeign(mobileOf),
    "scene-unknown": sms.sceneUnknown,
    "receiver-undeliverable": sms.undeliverable,
    "area-code-missing": {
      refuses({ body, policy }) {
        if (body.type !== "UPDATE_PWD_SMS" || !policy.update_pwd_requires_area_code) return undefined;
        if (parseMobile(body.mobile)?.spelling !== "plain") return undefined;
        return "UPDATE_PWD_SMS needs the full area code (update_pwd_requires_area_code)";
      },
    },
    "receiver-unknown": sms.unknown,
    "send-too-soon": sms.tooSoon,
    "send-quota-used": sms.quotaUsed,
    "gateway-down": gatewayDown,
  },
  run: sms.send,
});
