/** The checks on `captcha_token`, the proof that a captcha was solved for this receiver. */
import { passKey, usePass } from "../../core/captcha.ts";
import { canonicalReceiver } from "../../core/receiver.ts";
import type { CaptchaPass } from "../../core/records.ts";
import { missing, textOf } from "../../dialect-kit/fields.ts";
import type { Check, RequestContext } from "../../dialect-kit/operation.ts";

type TokenCall = RequestContext & { readonly body: { readonly captcha_token?: unknown } };

/** The pass with the key of this token, even if the rest of the token is wrong. */
function claimedPass({ tx, body }: TokenCall): CaptchaPass | undefined {
  return tx.get("pass", passKey(textOf(body.captcha_token) ?? ""));
}

/** The pass of exactly this token. The token is compared as a text; the JSON in it is not parsed. */
function exactPass(context: TokenCall): CaptchaPass | undefined {
  const pass = claimedPass(context);
  if (context.policy.captcha_token_comparison === "first-part") return pass;
  return pass?.token === context.body.captcha_token ? pass : undefined;
}

export const captchaTokenMissing: Check<TokenCall> = {
  refuses: ({ body }) => missing("captcha_token", body.captcha_token),
};

export const captchaTokenExpired: Check<TokenCall> = {
  refuses(context) {
    const pass = exactPass(context);
    return pass !== undefined && pass.expiresAt <= context.now ? "the captcha token has expired" : undefined;
  },
};

export const captchaTokenUsed: Check<TokenCall> = {
  refuses: (context) => (exactPass(context)?.usedAt === undefined ? undefined : "the captcha token was used before"),
};

export const captchaTokenUnknown: Check<TokenCall> = {
  refuses: (context) => (claimedPass(context) === undefined ? "this captcha token was never issued" : undefined),
};

export const captchaTokenAltered: Check<TokenCall> = {
  refuses: (context) =>
    exactPass(context) === undefined ? "the captcha token differs from the one that was issued" : undefined,
};

/**
 * Compares the receivers in canonical form: the number may have been written differently for the captcha. The last check on the
 * token, so it also records that a right token was shown in vain.
 */
export function captchaTokenForeign<C extends TokenCall>(receiverOf: (context: C) => unknown): Check<C> {
  return {
    refuses(context) {
      if (!context.policy.captcha_token_bound) return undefined;
      const pass = exactPass(context);
      const receiver = canonicalReceiver(textOf(receiverOf(context)) ?? "");
      return pass?.sender === receiver ? undefined : "the captcha was solved for another receiver";
    },
    afterLaterFailure({ tx, body, policy, now }) {
      if (policy.captcha_token_used_when_refused) usePass(tx, textOf(body.captcha_token) ?? "", now);
    },
  };
}
