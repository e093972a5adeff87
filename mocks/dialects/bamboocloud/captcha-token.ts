/** The checks on `captcha_token`, the proof that a captcha was solved for this receiver. */
import { passKey, usePass } from "../../core/captcha.ts";
import { canonicalReceiver } from "../../core/receiver.ts";
import type { CaptchaPass } from "../../core/records.ts";
import type { Awaitable } from "../../core/store.ts";
import { missing, textOf } from "../../dialect-kit/fields.ts";
import { type Check, mapMaybePromise, memoizePerRequest, type RequestContext } from "../../dialect-kit/operation.ts";

type TokenCall = RequestContext & { readonly body: { readonly captcha_token?: unknown } };

/** The pass with the key of this token, even if the rest of the token is wrong. */
const claimedPass = memoizePerRequest((context: TokenCall) =>
  context.tx.get("pass", passKey(textOf(context.body.captcha_token) ?? "")),
);

/** The pass of exactly this token. The token is compared as a text; the JSON in it is not parsed. */
function exactPass(context: TokenCall): Awaitable<CaptchaPass | undefined> {
  if (context.policy.captcha_token_comparison === "first-part") return claimedPass(context);
  return mapMaybePromise(claimedPass(context), (pass) =>
    pass?.token === context.body.captcha_token ? pass : undefined,
  );
}

export const captchaTokenMissing: Check<TokenCall> = {
  refuses: ({ body }) => missing("captcha_token", body.captcha_token),
};

export const captchaTokenExpired: Check<TokenCall> = {
  refuses: (context) =>
    mapMaybePromise(exactPass(context), (pass) =>
      pass !== undefined && pass.expiresAt <= context.now ? "the captcha token has expired" : undefined,
    ),
};

export const captchaTokenUsed: Check<TokenCall> = {
  refuses: (context) =>
    mapMaybePromise(exactPass(context), (pass) =>
      pass?.usedAt === undefined ? undefined : "the captcha token was used before",
    ),
};

export const captchaTokenUnknown: Check<TokenCall> = {
  refuses: (context) =>
    mapMaybePromise(claimedPass(context), (pass) =>
      pass === undefined ? "this captcha token was never issued" : undefined,
    ),
};

export const captchaTokenAltered: Check<TokenCall> = {
  refuses: (context) =>
    mapMaybePromise(exactPass(context), (pass) =>
      pass === undefined ? "the captcha token differs from the one that was issued" : undefined,
    ),
};

/**
 * Compares the receivers in canonical form: the number may have been written differently for the captcha. The last check on the
 * token, so it also records that a right token was shown in vain.
 */
export function captchaTokenForeign<C extends TokenCall>(receiverOf: (context: C) => unknown): Check<C> {
  return {
    async refuses(context) {
      if (!context.policy.captcha_token_bound) return undefined;
      const pass = await exactPass(context);
      const receiver = canonicalReceiver(textOf(receiverOf(context)) ?? "");
      return pass?.sender === receiver ? undefined : "the captcha was solved for another receiver";
    },
    async afterLaterFailure({ tx, body, policy, now }) {
      if (policy.captcha_token_used_when_refused) await usePass(tx, textOf(body.captcha_token) ?? "", now);
    },
  };
}
