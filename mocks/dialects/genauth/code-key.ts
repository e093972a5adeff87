/** The checks on a code that proves a number. The code may have been sent in any of several channels. */
import { type CodeKey, countFailure, judgeCode, type Verdict } from "../../core/codes.ts";
import { codeChecks } from "../../dialect-kit/code-checks.ts";
import type { RequestContext } from "../../dialect-kit/operation.ts";

/** The best verdict first. */
const VERDICTS: readonly Verdict[] = ["valid", "exhausted", "expired", "used", "superseded", "wrong", "unknown"];

/** The checks on a code that must have been sent to this number in one of these channels. */
export function proofChecks<C extends RequestContext>(
  channelsOf: (context: C) => readonly string[],
  phoneOf: (context: C) => string | undefined,
  codeOf: (context: C) => string | undefined,
) {
  const keysOf = (context: C): readonly CodeKey[] => {
    const receiver = phoneOf(context);
    return receiver === undefined ? [] : channelsOf(context).map((scene) => ({ scene, receiver }));
  };
  const checks = codeChecks((context: C) => bestOf(context, keysOf(context), codeOf(context)), codeOf);
  return {
    ...checks,
    wrong: {
      ...checks.wrong,
      /** The request does not name a channel, so the attempt counts against the code of each channel. */
      afterFailure(context: C) {
        for (const key of keysOf(context)) countFailure(context.tx, key, context.policy, context.now);
      },
    },
  };
}

/** The key for which the code has the best verdict; undefined without keys. */
function bestOf({ tx, policy, now }: RequestContext, keys: readonly CodeKey[], code = ""): CodeKey | undefined {
  const judged = keys.map((key) => ({ key, rank: VERDICTS.indexOf(judgeCode(tx, key, code, policy, now).verdict) }));
  return judged.sort((one, other) => one.rank - other.rank)[0]?.key;
}
