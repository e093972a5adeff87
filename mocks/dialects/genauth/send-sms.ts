/** POST send-sms: a verification code to a phone number, for a channel. */
import { SECOND_MS } from "../../core/clock.ts";
import { type CodeKey, recordSending, resendWait, sentToday } from "../../core/codes.ts";
import { sendCode } from "../../core/messages.ts";
import { missing, textOf } from "../../dialect-kit/fields.ts";
import { defineOperation, type OperationContext } from "../../dialect-kit/operation.ts";
import { isChannel } from "./channels.ts";
import { clientMissing, clientUnknown } from "./headers.ts";
import { canonicalPhone } from "./phones.ts";

type SendCall = OperationContext<"genauthSendSms">;

const receiverOf = ({ body }: SendCall) => canonicalPhone(body.phoneNumber, body.phoneCountryCode);

const placeOf = (context: SendCall): CodeKey => ({
  scene: textOf(context.body.channel) ?? "",
  receiver: receiverOf(context) ?? "",
});

export const genauthSendSms = defineOperation("genauthSendSms", {
  checks: {
    "client-missing": clientMissing,
    "client-unknown": clientUnknown,
    "mobile-missing": { refuses: ({ body }) => missing("phoneNumber", body.phoneNumber) },
    "scene-missing": { refuses: ({ body }) => missing("channel", body.channel) },
    "scene-unknown": {
      refuses: ({ body }) => (isChannel(String(body.channel)) ? undefined : `${body.channel} is no channel`),
    },
    "mobile-malformed": {
      refuses: (context) =>
        receiverOf(context) === undefined ? `${context.body.phoneNumber} fits no country's rule` : undefined,
    },
    "send-too-soon": {
      async refuses(context) {
        const waitMs = await resendWait(context.tx, placeOf(context), context.policy, context.now);
        return waitMs === 0 ? undefined : `the next may go in ${Math.ceil(waitMs / SECOND_MS)} s (code_resend_seconds)`;
      },
    },
    "send-quota-used": {
      async refuses(context) {
        const sent = await sentToday(context.tx, placeOf(context).receiver, context.now);
        return sent < context.policy.code_daily_limit ? undefined : `${sent} messages within a day (code_daily_limit)`;
      },
    },
    // Nothing but an ordered fault makes the gateway refuse.
    "gateway-down": { refuses: () => undefined },
  },
  async run(context) {
    const { tx, now, policy, language, services } = context;
    const place = placeOf(context);
    await recordSending(tx, place, now);
    await sendCode(tx, { channel: "sms", place, policy, language, randomness: services.randomness, now });
  },
});
