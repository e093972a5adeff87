/** The checks on a verification code: one for each way in which it can be bad. What they are called on the wire is a dialect's. */
import { type CodeKey, countFailure, judgeCode, redeemCode, type Verdict } from "../core/codes.ts";
import type { Awaitable } from "../core/store.ts";
import { type Check, mapMaybePromise, memoizePerRequest, type RequestContext } from "./operation.ts";

/**
 * The checks for the code that must have been sent to this place. Without a place or a code there is nothing to judge, and all
 * of them pass.
 */
export function codeChecks<C extends RequestContext>(
  placeOf: (context: C) => Awaitable<CodeKey | undefined>,
  codeOf: (context: C) => string | undefined,
) {
  const judgement = memoizePerRequest(async (context: C) => {
    const place = await placeOf(context);
    const code = codeOf(context);
    if (place === undefined || code === undefined) return undefined;
    return judgeCode(context.tx, place, code, context.policy, context.now);
  });

  const refusesFor = (...verdicts: Verdict[]): Check<C> => ({
    refuses: (context) =>
      mapMaybePromise(judgement(context), (judged) =>
        judged !== undefined && verdicts.includes(judged.verdict) ? judged.why : undefined,
      ),
  });

  return {
    unknown: refusesFor("unknown"),
    /** Where no check before it tells them apart, a code that was never sent counts as a wrong one. */
    wrong: {
      ...refusesFor("wrong", "unknown"),
      async afterFailure(context: C) {
        const place = await placeOf(context);
        if (place !== undefined) await countFailure(context.tx, place, context.policy, context.now);
      },
    },
    superseded: refusesFor("superseded"),
    used: refusesFor("used"),
    expired: refusesFor("expired"),
    exhausted: refusesFor("exhausted"),

    /** Uses the code up; every check has passed. */
    async redeem(context: C): Promise<void> {
      const place = await placeOf(context);
      const code = codeOf(context);
      if (place !== undefined && code !== undefined) await redeemCode(context.tx, place, code, context.now);
    },
  };
}
