/** POST profile/update-mobile: gives the signed-in account the number to which the code was sent. */
import { changeAccount, whyTaken } from "../../core/accounts.ts";
import { hasLiveCode } from "../../core/codes.ts";
import type { Policy } from "../../core/policy.ts";
import { missing } from "../../dialect-kit/fields.ts";
import { type Check, defineOperation, type OperationContext } from "../../dialect-kit/operation.ts";
import { canonicalMobile, mobileMalformed } from "./account-by-mobile.ts";
import { clientMissing, clientUnknown, deviceIncomplete } from "./headers.ts";
import { accountGone, idTokenExpired, idTokenInvalid, idTokenMissing, signedInAccount } from "./id-token.ts";
import { codeMissing, codeSentTo } from "./verify-code.ts";

type UpdateCall = OperationContext<"updateMobile">;

const newMobile = (context: UpdateCall) => canonicalMobile(context) ?? "";
const keyOf = (context: UpdateCall) => ({ scene: "UPDATE_MOBILE_SMS", receiver: newMobile(context) });
const code = codeSentTo(keyOf);

/** When the new number counts as unverified, by the value of `unverified_mobile`. */
const unverified: Readonly<Record<Policy["unverified_mobile"], Check<UpdateCall>["refuses"]>> = {
  distinct: code.unknown.refuses,
  "no-live-code"(context) {
    const isLive = hasLiveCode(context.tx, keyOf(context), context.policy, context.now);
    return isLive ? undefined : `no code of ${newMobile(context)} can still be used (unverified_mobile)`;
  },
  "as-wrong-code": () => undefined,
};

export const updateMobile = defineOperation("updateMobile", {
  checks: {
    "device-incomplete": deviceIncomplete,
    "client-missing": clientMissing,
    "client-unknown": clientUnknown,
    "id-token-missing": idTokenMissing,
    "id-token-invalid": idTokenInvalid,
    "id-token-expired": idTokenExpired,
    "code-missing": codeMissing,
    "new-mobile-missing": { refuses: ({ body }) => missing("mobile", body.mobile) },
    "mobile-malformed": mobileMalformed,
    "mobile-unverified": {
      refuses: (context) => unverified[context.policy.unverified_mobile](context),
    },
    "code-wrong": code.wrong,
    "code-superseded": code.superseded,
    "code-used": code.used,
    "code-expired": code.expired,
    "code-exhausted": code.exhausted,
    "mobile-own": {
      refuses: (context) =>
        signedInAccount(context)?.mobile === newMobile(context)
          ? `${newMobile(context)} is the account's own number`
          : undefined,
    },
    "mobile-taken": {
      refuses: (context) => whyTaken(context.tx, "mobile", newMobile(context), signedInAccount(context)),
    },
    "account-gone": accountGone,
  },
  run(context) {
    code.redeem(context);
    const account = signedInAccount(context);
    if (account !== undefined) changeAccount(context, account, { mobile: newMobile(context) });
  },
});
