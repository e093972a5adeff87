/** The checks on a verification code: one for each way in which it can be bad. What they are called on the wire is a dialect's. */
import { type CodePlace, countFailure, judgeCode, redeemCode, type Verdict } from "../core/codes.ts";
import type { Awaitable } from "../core/store.ts";
import { type AnyCall, type Check, perCall, whenKnown } from "./operation.ts";

/**
 * The checks for the code that must have been sent to this place. Without a place or a code there is nothing to judge, and all
 * of them pass.
 */
export function codeChecks<C extends AnyCall>(
  placeOf: (call: C) => Awaitable<CodePlace | undefined>,
  codeOf: (call: C) => string | undefined,
) {
  const judgement = perCall(async (call: C) => {
    const place = await placeOf(call);
    const code = codeOf(call);
    if (place === undefined || code === undefined) return undefined;
    return judgeCode(call.tx, place, code, call.policy, call.now);
  });

  const refusesFor = (...verdicts: Verdict[]): Check<C> => ({
    refuses: (call) =>
      whenKnown(judgement(call), (judged) =>
        judged !== undefined && verdicts.includes(judged.verdict) ? judged.why : undefined,
      ),
  });

  return {
    unknown: refusesFor("unknown"),
    /** Where no check before it tells them apart, a code that was never sent counts as a wrong one. */
    wrong: {
      ...refusesFor("wrong", "unknown"),
      async afterFailure(call: C) {
        const place = await placeOf(call);
        if (place !== undefined) await countFailure(call.tx, place, call.policy, call.now);
      },
    },
    superseded: refusesFor("superseded"),
    used: refusesFor("used"),
    expired: refusesFor("expired"),
    exhausted: refusesFor("exhausted"),

    /** Uses the code up; every check has passed. */
    async redeem(call: C): Promise<void> {
      const place = await placeOf(call);
      const code = codeOf(call);
      if (place !== undefined && code !== undefined) await redeemCode(call.tx, place, code, call.now);
    },
  };
}
