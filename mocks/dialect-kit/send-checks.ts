/** The checks on how often a code may be sent: the interval between two messages, and the daily quota. */
import { SECOND_MS } from "../core/clock.ts";
import { type CodeKey, resendWait, sentToday } from "../core/codes.ts";
import type { Check, RequestContext } from "./operation.ts";

/** The checks for the message that the request asks for; `keyOf` gives its scene and canonical receiver. */
export function sendChecks<C extends RequestContext>(keyOf: (context: C) => CodeKey) {
  const tooSoon: Check<C> = {
    refuses(context) {
      const waitMs = resendWait(context.tx, keyOf(context), context.policy, context.now);
      return waitMs === 0
        ? undefined
        : `the next message may be sent in ${Math.ceil(waitMs / SECOND_MS)} s (code_resend_seconds)`;
    },
  };

  const quotaUsed: Check<C> = {
    refuses(context) {
      const sent = sentToday(context.tx, keyOf(context), context.policy, context.now);
      return sent < context.policy.code_daily_limit ? undefined : `${sent} messages within 24 hours (code_daily_limit)`;
    },
  };

  return { tooSoon, quotaUsed };
}

/** The gateway refuses a message only when a fault is scheduled. */
export const gatewayDown: Check = { refuses: () => undefined };
