/** The code that proves a number: it may have been sent in any of several channels, which all prove the same. */
import { type CodeKey, countFailure, judgeCode, type Verdict } from "../../core/codes.ts";
import { codeChecks } from "../../dialect-kit/code-checks.ts";
import type { RequestContext } from "../../dialect-kit/operation.ts";

/** What speaks most for a channel comes first. */
const VERDICTS: readonly Verdict[] = ["valid", "exhausted", "expired", "used", "superseded", "wrong", "unknown"];

/** The checks for a code that was sent to this number in one of these channels. */
export function proofChecks<C extends RequestContext>(
  channelsOf: (context: C) => readonly string[],
  phoneOf: (context: C) => string | undefined,
  codeOf: (context: C) => string | undefined,
) {
  const placesOf = (context: C): readonly CodeKey[] => {
    const receiver = phoneOf(context);
    return receiver === undefined ? [] : channelsOf(context).map((scene) => ({ scene, receiver }));
  };
  const checks = codeChecks((context: C) => bestOf(context, placesOf(context), codeOf(context)), codeOf);
  return {
    ...checks,
    wrong: {
      ...checks.wrong,
      /** The code of any of them could have been meant. */
      async afterFailure(context: C) {
        for (const place of placesOf(context)) await countFailure(context.tx, place, context.policy, context.now);
      },
    },
  };
}

/** The place in which the code is worth most; undefined where there is none. */
async function bestOf(
  { tx, policy, now }: RequestContext,
  places: readonly CodeKey[],
  code = "",
): Promise<CodeKey | undefined> {
  const judged = await Promise.all(
    places.map(async (place) => ({
      place,
      rank: VERDICTS.indexOf((await judgeCode(tx, place, code, policy, now)).verdict),
    })),
  );
  return judged.sort((one, other) => one.rank - other.rank)[0]?.place;
}
