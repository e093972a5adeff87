/** POST profile/update-email: the signed-in account gets the address to which the code was sent. */
import { changeAccount, ownerOf } from "../../core/accounts.ts";
import { parseEmail } from "../../core/email.ts";
import { missing } from "../../dialect-kit/fields.ts";
import { type Call, defineOperation, perCall, whenKnown } from "../../dialect-kit/operation.ts";
import { clientMissing, clientUnknown, deviceIncomplete } from "./headers.ts";
import { accountGone, idTokenExpired, idTokenInvalid, idTokenMissing, signedInAccount } from "./id-token.ts";
import { codeMissing, codeSentTo } from "./verify-code.ts";

type UpdateCall = Call<"updateEmail">;

const newEmail = perCall(({ body }: UpdateCall) => parseEmail(body.email) ?? "");
const code = codeSentTo((call: UpdateCall) => ({ scene: "UPDATE_EMAIL_EMS", receiver: newEmail(call) }));

export const updateEmail = defineOperation("updateEmail", {
  checks: {
    "device-incomplete": deviceIncomplete,
    "client-missing": clientMissing,
    "client-unknown": clientUnknown,
    "id-token-missing": idTokenMissing,
    "id-token-invalid": idTokenInvalid,
    "id-token-expired": idTokenExpired,
    "code-missing": codeMissing,
    "new-email-missing": { refuses: ({ body }) => missing("email", body.email) },
    "email-malformed": {
      refuses: (call) => (newEmail(call) === "" ? `${call.body.email} is no e-mail address` : undefined),
    },
    "code-unknown": code.unknown,
    "code-wrong": code.wrong,
    "code-superseded": code.superseded,
    "code-used": code.used,
    "code-expired": code.expired,
    "code-exhausted": code.exhausted,
    "email-own": {
      refuses: (call) =>
        whenKnown(signedInAccount(call), (account) =>
          account?.email === newEmail(call) ? `${newEmail(call)} is the account's own address` : undefined,
        ),
    },
    "email-taken": {
      refuses: (call) =>
        whenKnown(ownerOf(call.tx, "email", newEmail(call)), (owner) =>
          owner === undefined ? undefined : `${newEmail(call)} belongs to another account`,
        ),
    },
    "account-gone": accountGone,
  },
  async run(call) {
    await code.redeem(call);
    const account = await signedInAccount(call);
    if (account !== undefined) changeAccount(call.tx, account, { email: newEmail(call) });
  },
});
