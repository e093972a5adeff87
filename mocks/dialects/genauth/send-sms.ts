/** POST send-sms: a verification code to a phone number, for a channel. */
import { type CodeKey, recordSending } from "../../core/codes.ts";
import { sendCode } from "../../core/messages.ts";
import { missing, textOf } from "../../dialect-kit/fields.ts";
import { defineOperation, type OperationContext } from "../../dialect-kit/operation.ts";
import { gatewayDown, sendChecks } from "../../dialect-kit/send-checks.ts";
import { isChannel } from "./channels.ts";
import { clientMissing, clientUnknown } from "./headers.ts";
import { canonicalPhone } from "./phones.ts";

type SendContext = OperationContext<"genauthSendSms">;

const receiverOf = ({ body }: SendContext) => canonicalPhone(body.phoneNumber, body.phoneCountryCode);

const keyOf = (context: SendContext): CodeKey => ({
  scene: textOf(context.body.channel) ?? "",
  receiver: receiverOf(context) ?? "",
});

const limits = sendChecks(keyOf);

export const genauthSendSms = defineOperation("genauthSendSms", {
  checks: {
    "client-missing": clientMissing,
    "client-unknown": clientUnknown,
    "mobile-missing": { refuses: ({ body }) => missing("phoneNumber", body.phoneNumber) },
    "scene-missing": { refuses: ({ body }) => missing("channel", body.channel) },
    "scene-unknown": {
      refuses: ({ body }) =>
        isChannel(String(body.channel)) ? undefined : `${body.channel} is not a channel of GenAuth`,
    },
    "mobile-malformed": {
      refuses: (context) =>
        receiverOf(context) === undefined ? `${context.body.phoneNumber} is not a valid phone number` : undefined,
    },
    "send-too-soon": limits.tooSoon,
    "send-quota-used": limits.quotaUsed,
    "gateway-down": gatewayDown,
  },
  run(context) {
    const { tx, now, policy, language, services } = context;
    const key = keyOf(context);
    recordSending(tx, key, now);
    sendCode(tx, { channel: "sms", key, policy, language, randomness: services.randomness, now });
  },
});
