/** The code that proves a number: it may have been sent in any of several channels, which all prove the same. */
import { type CodePlace, countFailure, judgeCode, type Verdict } from "../../core/codes.ts";
import { codeChecks } from "../../dialect-kit/code-checks.ts";
import type { AnyCall } from "../../dialect-kit/operation.ts";

/** What speaks most for a channel comes first. */
const VERDICTS: readonly Verdict[] = ["valid", "exhausted", "expired", "used", "superseded", "wrong", "unknown"];

/** The checks for a code that was sent to this number in one of these channels. */
export function proofChecks<C extends AnyCall>(
  channelsOf: (call: C) => readonly string[],
  phoneOf: (call: C) => string | undefined,
  codeOf: (call: C) => string | undefined,
) {
  const placesOf = (call: C): readonly CodePlace[] => {
    const receiver = phoneOf(call);
    return receiver === undefined ? [] : channelsOf(call).map((scene) => ({ scene, receiver }));
  };
  const checks = codeChecks((call: C) => bestOf(call, placesOf(call), codeOf(call)), codeOf);
  return {
    ...checks,
    wrong: {
      ...checks.wrong,
      /** The code of any of them could have been meant. */
      async afterFailure(call: C) {
        for (const place of placesOf(call)) await countFailure(call.tx, place, call.policy, call.now);
      },
    },
  };
}

/** The place in which the code is worth most; undefined where there is none. */
async function bestOf(
  { tx, policy, now }: AnyCall,
  places: readonly CodePlace[],
  code = "",
): Promise<CodePlace | undefined> {
  const judged = await Promise.all(
    places.map(async (place) => ({
      place,
      rank: VERDICTS.indexOf((await judgeCode(tx, place, code, policy, now)).verdict),
    })),
  );
  return judged.sort((one, other) => one.rank - other.rank)[0]?.place;
}
