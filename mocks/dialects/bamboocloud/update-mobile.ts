/** POST profile/update-mobile: gives the signed-in account the number to which the code was sent. */
import { changeAccount, ownerOf } from "../../core/accounts.ts";
import { missing } from "../../dialect-kit/fields.ts";
import { defineOperation, mapMaybePromise, type OperationContext } from "../../dialect-kit/operation.ts";
import { canonicalMobile, mobileMalformed } from "./account-by-mobile.ts";
import { clientMissing, clientUnknown, deviceIncomplete } from "./headers.ts";
import { accountGone, idTokenExpired, idTokenInvalid, idTokenMissing, signedInAccount } from "./id-token.ts";
import { codeMissing, codeSentTo } from "./verify-code.ts";

type UpdateCall = OperationContext<"updateMobile">;

const newMobile = (context: UpdateCall) => canonicalMobile(context) ?? "";
const code = codeSentTo((context: UpdateCall) => ({ scene: "UPDATE_MOBILE_SMS", receiver: newMobile(context) }));

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
      refuses: (context) =>
        context.policy.unverified_mobile === "distinct" ? code.unknown.refuses(context) : undefined,
    },
    "code-wrong": code.wrong,
    "code-superseded": code.superseded,
    "code-used": code.used,
    "code-expired": code.expired,
    "code-exhausted": code.exhausted,
    "mobile-own": {
      refuses: (context) =>
        mapMaybePromise(signedInAccount(context), (account) =>
          account?.mobile === newMobile(context) ? `${newMobile(context)} is the account's own number` : undefined,
        ),
    },
    "mobile-taken": {
      refuses: (context) =>
        mapMaybePromise(ownerOf(context.tx, "mobile", newMobile(context)), (owner) =>
          owner === undefined ? undefined : `${newMobile(context)} belongs to another account`,
        ),
    },
    "account-gone": accountGone,
  },
  async run(context) {
    await code.redeem(context);
    const account = await signedInAccount(context);
    if (account !== undefined) changeAccount(context.tx, account, { mobile: newMobile(context) });
  },
});
