/** POST login/mobile-verify-code: returns an id_token for a code of scene LOGIN_SMS. */
import { createAccount, whyTaken } from "../../core/accounts.ts";
import { SECOND_MS } from "../../core/clock.ts";
import type { Policy } from "../../core/policy.ts";
import { issueToken } from "../../core/tokens.ts";
import { nextCount } from "../../core/transaction.ts";
import { type Check, defineOperation, type OperationContext } from "../../dialect-kit/operation.ts";
import {
  accountOfMobile,
  accountUnknown,
  canonicalMobile,
  mobileMalformed,
  mobileMissing,
} from "./account-by-mobile.ts";
import { clientMissing, clientUnknown, deviceIncomplete } from "./headers.ts";
import { codeMissing, codeSentTo } from "./verify-code.ts";

type LoginCall = OperationContext<"loginByMobileCode">;

const code = codeSentTo((context: LoginCall) => {
  const receiver = canonicalMobile(context);
  return receiver === undefined ? undefined : { scene: "LOGIN_SMS", receiver };
});

/** A number without an account, unless the login can register it. */
const cannotLogIn: Check<LoginCall> = {
  refuses(context) {
    if (!context.policy.login_registers) return accountUnknown.refuses(context);
    return whyTaken(context.tx, "mobile", canonicalMobile(context) ?? "", accountOfMobile(context));
  },
};

/** The check, if the policy reports bad numbers in this way. */
function reported(how: Policy["login_number_errors"], { refuses }: Check<LoginCall>): Check<LoginCall> {
  return { refuses: (context) => (context.policy.login_number_errors === how ? refuses(context) : undefined) };
}

const badNumber: Check<LoginCall> = {
  refuses: (context) => mobileMalformed.refuses(context) ?? cannotLogIn.refuses(context),
};
const badNumberAsCode = reported("as-wrong-code", badNumber);

export const loginByMobileCode = defineOperation("loginByMobileCode", {
  checks: {
    "device-incomplete": deviceIncomplete,
    "client-missing": clientMissing,
    "client-unknown": clientUnknown,
    "mobile-missing": mobileMissing,
    "code-missing": codeMissing,
    "mobile-malformed": reported("distinct", mobileMalformed),
    "account-unknown": reported("distinct", cannotLogIn),
    "code-unknown": {
      refuses: (context) => badNumberAsCode.refuses(context) ?? code.unknown.refuses(context),
    },
    "code-wrong": code.wrong,
    "code-superseded": code.superseded,
    "code-used": code.used,
    "code-expired": code.expired,
    "code-exhausted": code.exhausted,
  },
  run(context) {
    const { tx, now, policy, services } = context;
    code.redeem(context);
    const accountId = accountOfMobile(context)?.id ?? registered(context);
    const expiresAt = now + policy.id_token_ttl_seconds * SECOND_MS;
    const id_token = issueToken(tx, services.sign, { accountId, use: "id", expiresAt, now });
    // The session_token is not stored, because no emulated operation accepts one.
    const session = nextCount(tx, "session");
    const session_token = services.randomness.alphanumeric(32, "session", tx.sandbox, session);
    return { session_token, expire: policy.session_token_ttl_seconds, status: "SUCCESS", id_token };
  },
});

/** Creates an account with the number. A number without an account gets this far only under `login_registers`. */
function registered({ tx, body, services }: LoginCall): string {
  const creation = createAccount(tx, { mobile: String(body.mobile) }, services.randomness);
  return "account" in creation ? creation.account.id : "";
}
