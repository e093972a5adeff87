/** The parts that sms/send and email/send share: the checks on scene and receiver, and the sending itself. */
import { type Identifier, ownerOf } from "../../core/accounts.ts";
import { usePass } from "../../core/captcha.ts";
import { type CodeKey, recordSending } from "../../core/codes.ts";
import { parseEmail } from "../../core/email.ts";
import { sendCode } from "../../core/messages.ts";
import { acceptedMobile, notAccepted } from "../../core/mobile.ts";
import type { Channel } from "../../core/records.ts";
import { missing, textOf } from "../../dialect-kit/fields.ts";
import type { Check, RequestContext } from "../../dialect-kit/operation.ts";
import { sendChecks } from "../../dialect-kit/send-checks.ts";
import { isScene, needsAccount } from "./scenes.ts";

type SendContext = RequestContext & { readonly body: { readonly type?: unknown; readonly captcha_token?: unknown } };

const IDENTIFIER: Record<Channel, Identifier> = { sms: "mobile", email: "email" };

export const sceneMissing: Check<SendContext> = { refuses: ({ body }) => missing("type", body.type) };

export function sending<C extends SendContext>(channel: Channel, receiverOf: (context: C) => unknown) {
  const canonical = (context: C) =>
    channel === "sms"
      ? acceptedMobile(receiverOf(context), context.policy)?.canonical
      : parseEmail(receiverOf(context));

  const keyOf = (context: C): CodeKey => ({
    scene: textOf(context.body.type) ?? "",
    receiver: canonical(context) ?? "",
  });

  /** Whether the scene needs an account, and no account has this number or address. */
  const lacksAccount = (context: C) => {
    const { scene, receiver } = keyOf(context);
    return needsAccount(scene, context.policy) && ownerOf(context.tx, IDENTIFIER[channel], receiver) === undefined;
  };

  return {
    ...sendChecks(keyOf),
    sceneUnknown: {
      refuses: ({ body }: C) =>
        isScene(String(body.type), channel) ? undefined : `${body.type} is not a scene of channel ${channel}`,
    },
    undeliverable: {
      refuses(context: C) {
        if (canonical(context) !== undefined) return undefined;
        const receiver = receiverOf(context);
        return channel === "sms" ? notAccepted(receiver) : `${receiver} is not an e-mail address`;
      },
    },
    unknown: {
      refuses(context: C) {
        if (context.policy.send_to_unknown !== "fail" || !lacksAccount(context)) return undefined;
        return "the scene needs an account, and no account has this receiver (send_to_unknown)";
      },
    },

    /** Uses the captcha token up and sends the code. If nothing is sent for lack of an account, the response is the same. */
    send(context: C): undefined {
      const { tx, now, policy, language, services } = context;
      const key = keyOf(context);
      usePass(tx, textOf(context.body.captcha_token) ?? "", now);
      recordSending(tx, key, now);
      if (policy.send_to_unknown !== "send" && lacksAccount(context)) return;
      sendCode(tx, { channel, key, policy, language, randomness: services.randomness, now });
    },
  };
}
