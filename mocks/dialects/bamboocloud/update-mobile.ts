/** POST profile/update-mobile: the signed-in account gets the number to which the code was sent. */
import { changeAccount, ownerOf } from "../../core/accounts.ts";
import { missing } from "../../dialect-kit/fields.ts";
import { type Call, defineOperation, whenKnown } from "../../dialect-kit/operation.ts";
import { canonicalMobile, mobileMalformed } from "./account-by-mobile.ts";
import { clientMissing, clientUnknown, deviceIncomplete } from "./headers.ts";
import { accountGone, idTokenExpired, idTokenInvalid, idTokenMissing, signedInAccount } from "./id-token.ts";
import { codeMissing, codeSentTo } from "./verify-code.ts";

type UpdateCall = Call<"updateMobile">;

const newMobile = (call: UpdateCall) => canonicalMobile(call) ?? "";
const code = codeSentTo((call: UpdateCall) => ({ scene: "UPDATE_MOBILE_SMS", receiver: newMobile(call) }));

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
      refuses: (call) => (call.policy.unverified_mobile === "distinct" ? code.unknown.refuses(call) : undefined),
    },
    "code-wrong": code.wrong,
    "code-superseded": code.superseded,
    "code-used": code.used,
    "code-expired": code.expired,
    "code-exhausted": code.exhausted,
    "mobile-own": {
      refuses: (call) =>
        whenKnown(signedInAccount(call), (account) =>
          account?.mobile === newMobile(call) ? `${newMobile(call)} is the account's own number` : undefined,
        ),
    },
    "mobile-taken": {
      refuses: (call) =>
        whenKnown(ownerOf(call.tx, "mobile", newMobile(call)), (owner) =>
          owner === undefined ? undefined : `${newMobile(call)} belongs to another account`,
        ),
    },
    "account-gone": accountGone,
  },
  async run(call) {
    await code.redeem(call);
    const account = await signedInAccount(call);
    if (account !== undefined) changeAccount(call.tx, account, { mobile: newMobile(call) });
  },
});
