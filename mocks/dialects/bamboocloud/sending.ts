/** What sms/send and email/send have in common: whether a message can go out, and sending it. */
import { type Identifier, ownerOf } from "../../core/accounts.ts";
import { usePass } from "../../core/captcha.ts";
import { DAY_MS, SECOND_MS } from "../../core/clock.ts";
import { type CodeKey, recordSending, resendWait, sentToday } from "../../core/codes.ts";
import { parseEmail } from "../../core/email.ts";
import { sendCode } from "../../core/messages.ts";
import { parseMobile } from "../../core/mobile.ts";
import type { Channel } from "../../core/records.ts";
import { missing, textOf } from "../../dialect-kit/fields.ts";
import type { Check, RequestContext } from "../../dialect-kit/operation.ts";
import { isForMembers, isScene } from "./scenes.ts";

type SendCall = RequestContext & { readonly body: { readonly type?: unknown; readonly captcha_token?: unknown } };

const IDENTIFIER: Record<Channel, Identifier> = { sms: "mobile", email: "email" };

export const sceneMissing: Check<SendCall> = { refuses: ({ body }) => missing("type", body.type) };

/** Nothing but an ordered fault makes the gateway refuse. */
export const gatewayDown: Check = { refuses: () => undefined };

export function sending<C extends SendCall>(channel: Channel, receiverOf: (context: C) => unknown) {
  const canonical = (context: C) =>
    channel === "sms" ? parseMobile(receiverOf(context))?.canonical : parseEmail(receiverOf(context));

  const placeOf = (context: C): CodeKey => ({
    scene: textOf(context.body.type) ?? "",
    receiver: canonical(context) ?? "",
  });

  /** Whether the scene is for members and nobody has this number or address. */
  const isForNobody = async (context: C) => {
    const { scene, receiver } = placeOf(context);
    return isForMembers(scene) && (await ownerOf(context.tx, IDENTIFIER[channel], receiver)) === undefined;
  };

  return {
    sceneUnknown: {
      refuses: ({ body }: C) =>
        isScene(String(body.type), channel) ? undefined : `${body.type} is no scene of this channel`,
    },
    undeliverable: {
      refuses: (context: C) =>
        canonical(context) === undefined ? `no message can reach ${receiverOf(context)}` : undefined,
    },
    unknown: {
      async refuses(context: C) {
        if (context.policy.send_to_unknown === "silent" || !(await isForNobody(context))) return undefined;
        return "the scene is for members, and nobody has this receiver (send_to_unknown)";
      },
    },
    tooSoon: {
      async refuses(context: C) {
        const waitMs = await resendWait(context.tx, placeOf(context), context.policy, context.now);
        return waitMs === 0 ? undefined : `the next may go in ${Math.ceil(waitMs / SECOND_MS)} s (code_resend_seconds)`;
      },
    },
    quotaUsed: {
      async refuses(context: C) {
        const sent = await sentToday(context.tx, placeOf(context).receiver, context.now);
        if (sent < context.policy.code_daily_limit) return undefined;
        return `${sent} messages within ${DAY_MS / 3_600_000} hours (code_daily_limit)`;
      },
    },

    /** Uses the captcha token up and sends the code; to nobody nothing is sent, and the answer does not tell. */
    async send(context: C): Promise<undefined> {
      const { tx, now, policy, language, services } = context;
      const place = placeOf(context);
      await usePass(tx, textOf(context.body.captcha_token) ?? "", now);
      await recordSending(tx, place, now);
      if (await isForNobody(context)) return;
      await sendCode(tx, { channel, place, policy, language, randomness: services.randomness, now });
    },
  };
}
