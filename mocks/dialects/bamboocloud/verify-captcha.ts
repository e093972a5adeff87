/** POST captcha/verify: returns a pass token for one sender if the piece is in the right position. */
import { burnChallenge, isRightPlace, issuePass } from "../../core/captcha.ts";
import { SECOND_MS } from "../../core/clock.ts";
import { canonicalReceiver } from "../../core/receiver.ts";
import type { Challenge } from "../../core/records.ts";
import { missing, textOf } from "../../dialect-kit/fields.ts";
import { type Check, defineOperation, type OperationContext } from "../../dialect-kit/operation.ts";
import { jsonIn } from "../../http/body.ts";
import { clientMissing, clientUnknown, deviceIncomplete } from "./headers.ts";

type VerifyCall = OperationContext<"verifyCaptcha">;

const tokenOf = ({ body }: VerifyCall) => textOf(body.token) ?? "";
const challengeOf = (context: VerifyCall) => context.tx.get("challenge", tokenOf(context));

function refusesWhen(
  condition: (challenge: Challenge, context: VerifyCall) => boolean,
  why: string,
): Check<VerifyCall> {
  return {
    refuses(context) {
      const challenge = challengeOf(context);
      return challenge !== undefined && condition(challenge, context) ? why : undefined;
    },
  };
}

export const verifyCaptcha = defineOperation("verifyCaptcha", {
  checks: {
    "device-incomplete": deviceIncomplete,
    "client-missing": clientMissing,
    "client-unknown": clientUnknown,
    "captcha-parameter-missing": {
      refuses: ({ body }) =>
        missing("point_json", body.point_json) ?? missing("token", body.token) ?? missing("sender", body.sender),
    },
    "captcha-challenge-unknown": {
      refuses(context) {
        return challengeOf(context) === undefined ? "this captcha token was never issued" : undefined;
      },
    },
    "captcha-challenge-used": refusesWhen(({ answeredAt }) => answeredAt !== undefined, "the captcha was tried before"),
    "captcha-challenge-expired": refusesWhen(({ expiresAt }, { now }) => expiresAt <= now, "the captcha has expired"),
    "captcha-place-wrong": {
      ...refusesWhen(
        ({ x }, { body, policy }) => !isRightPlace(jsonIn(String(body.point_json)), x, policy.captcha_tolerance_px),
        "the piece is in the wrong position (captcha_tolerance_px), or y is not 5",
      ),
      afterFailure: (context) => burnChallenge(context.tx, tokenOf(context), context.now),
    },
  },
  run(context) {
    const { tx, body, now, policy } = context;
    burnChallenge(tx, tokenOf(context), now);
    const captcha_token = issuePass(tx, {
      token: tokenOf(context),
      pointJson: String(body.point_json),
      sender: canonicalReceiver(String(body.sender)),
      expiresAt: now + policy.captcha_token_ttl_seconds * SECOND_MS,
      now,
    });
    return { captcha_token };
  },
});
