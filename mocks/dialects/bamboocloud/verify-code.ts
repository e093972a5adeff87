/** The checks on `verify_code`: one for each way in which a code can be bad, all of them CAPTCHA.0007 on the wire. */
import { type CodePlace, countFailure, judgeCode, redeemCode, type Verdict } from "../../core/codes.ts";
import type { Awaitable } from "../../core/store.ts";
import { type AnyCall, type Check, perCall, whenKnown } from "../../http/operation.ts";
import { missing, textOf } from "./fields.ts";

type CodeCall = AnyCall & { readonly body: { readonly verify_code?: unknown } };

/** The checks for the code that must have been sent to this place; undefined stands for a place that does not exist. */
export function codeSentTo<C extends CodeCall>(placeOf: (call: C) => Awaitable<CodePlace | undefined>) {
  const judgement = perCall(async (call: C) => {
    const place = await placeOf(call);
    const code = textOf(call.body.verify_code);
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
      const code = textOf(call.body.verify_code);
      if (place !== undefined && code !== undefined) await redeemCode(call.tx, place, code, call.now);
    },
  };
}

export const codeMissing: Check<CodeCall> = {
  refuses: ({ body }) => missing("verify_code", body.verify_code),
};
