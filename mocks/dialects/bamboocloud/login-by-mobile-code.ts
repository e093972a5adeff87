/** POST login/mobile-verify-code: returns an id_token for a code of scene LOGIN_SMS. */
import { SECOND_MS } from "../../core/clock.ts";
import { issueToken } from "../../core/tokens.ts";
import { nextCount } from "../../core/transaction.ts";
import { defineOperation, type OperationContext } from "../../dialect-kit/operation.ts";
import {
  accountOfMobile,
  accountUnknown,
  canonicalMobile,
  mobileMalformed,
  mobileMissing,
} from "./account-by-mobile.ts";
import { clientMissing, clientUnknown, deviceIncomplete } from "./headers.ts";
import { codeMissing, codeSentTo } from "./verify-code.ts";

const code = codeSentTo((context: OperationContext<"loginByMobileCode">) => {
  const receiver = canonicalMobile(context);
  return receiver === undefined ? undefined : { scene: "LOGIN_SMS", receiver };
});

export const loginByMobileCode = defineOperation("loginByMobileCode", {
  checks: {
    "device-incomplete": deviceIncomplete,
    "client-missing": clientMissing,
    "client-unknown": clientUnknown,
    "mobile-missing": mobileMissing,
    "code-missing": codeMissing,
    "mobile-malformed": mobileMalformed,
    "account-unknown": accountUnknown,
    "code-unknown": code.unknown,
    "code-wrong": code.wrong,
    "code-superseded": code.superseded,
    "code-used": code.used,
    "code-expired": code.expired,
    "code-exhausted": code.exhausted,
  },
  async run(context) {
    const { tx, now, policy, services } = context;
    await code.redeem(context);
    const accountId = (await accountOfMobile(context))?.id ?? "";
    const expiresAt = now + policy.id_token_ttl_seconds * SECOND_MS;
    const id_token = await issueToken(tx, services.sign, { accountId, use: "id", expiresAt, now });
    // The session_token is not stored, because no emulated operation accepts one.
    const session = await nextCount(tx, "session");
    const session_token = services.randomness.alphanumeric(32, "session", tx.sandbox, session);
    return { session_token, expire: policy.session_token_ttl_seconds, status: "SUCCESS", id_token };
  },
});
