/** The checks on a verification code, one for each reason to reject it. A dialect maps them to its error codes. */
import { type CodeKey, countFailure, judgeCode, redeemCode, type Verdict } from "../core/codes.ts";
import type { Awaitable } from "../core/store.ts";
import { type Check, mapMaybePromise, memoizePerRequest, type RequestContext } from "./operation.ts";

/**
 * The checks on a code that must have been sent for this key. They all pass if the request has no key or no code: earlier
 * checks report that.
 */
export function codeChecks<C extends RequestContext>(
  keyOf: (context: C) => Awaitable<CodeKey | undefined>,
  codeOf: (context: C) => string | undefined,
) {
  const judgement = memoizePerRequest(async (context: C) => {
    const key = await keyOf(context);
    const code = codeOf(context);
    if (key === undefined || code === undefined) return undefined;
    return judgeCode(context.tx, key, code, context.policy, context.now);
  });

  async function redeem(context: C): Promise<void> {
    const key = await keyOf(context);
    const code = codeOf(context);
    if (key !== undefined && code !== undefined) await redeemCode(context.tx, key, code, context.now);
  }

  const refusesFor = (...verdicts: Verdict[]): Check<C> => ({
    refuses: (context) =>
      mapMaybePromise(judgement(context), (judged) =>
        judged !== undefined && verdicts.includes(judged.verdict) ? judged.why : undefined,
      ),
    async afterLaterFailure(context) {
      const isRight = (await judgement(context))?.verdict === "valid";
      if (context.policy.code_used_when_refused && isRight) await redeem(context);
    },
  });

  return {
    unknown: refusesFor("unknown"),
    /** Also rejects a code for a key to which none was sent, unless the operation checks `unknown` before. */
    wrong: {
      ...refusesFor("wrong", "unknown"),
      async afterFailure(context: C) {
        const key = await keyOf(context);
        if (key !== undefined) await countFailure(context.tx, key, context.policy, context.now);
      },
    },
    superseded: refusesFor("superseded"),
    used: refusesFor("used"),
    expired: refusesFor("expired"),
    exhausted: refusesFor("exhausted"),

    /** Uses the code up. Call it only after every check has passed. */
    redeem,
  };
}
