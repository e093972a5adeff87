/** The checks on a verification code, one for each reason to reject it. A dialect maps them to its error codes. */
import { type CodeKey, countFailure, type Judgement, judgeCode, redeemCode, type Verdict } from "../core/codes.ts";
import { type Check, oncePerWalk, type RequestContext } from "./operation.ts";

/**
 * The checks on a code that must have been sent for this key. They all pass if the request has no key or no code: earlier
 * checks report that.
 */
export function codeChecks<C extends RequestContext>(
  keyOf: (context: C) => CodeKey | undefined,
  codeOf: (context: C) => string | undefined,
) {
  const judgement = oncePerWalk((context: C): Judgement | undefined => {
    const key = keyOf(context);
    const code = codeOf(context);
    if (key === undefined || code === undefined) return undefined;
    return judgeCode(context.tx, key, code, context.policy, context.now);
  });

  function redeem(context: C): void {
    const key = keyOf(context);
    const code = codeOf(context);
    if (key !== undefined && code !== undefined) redeemCode(context.tx, key, code, context.now);
  }

  const refusesFor = (...verdicts: Verdict[]): Check<C> => ({
    refuses(context) {
      const judged = judgement(context);
      return judged !== undefined && verdicts.includes(judged.verdict) ? judged.why : undefined;
    },
    afterLaterFailure(context) {
      const isRight = judgement(context)?.verdict === "valid";
      if (context.policy.code_used_when_refused && isRight) redeem(context);
    },
  });

  return {
    unknown: refusesFor("unknown"),
    /** Also rejects a code for a key to which none was sent, unless the operation checks `unknown` before. */
    wrong: {
      ...refusesFor("wrong", "unknown"),
      afterFailure(context: C) {
        const key = keyOf(context);
        if (key !== undefined) countFailure(context.tx, key, context.policy, context.now);
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
