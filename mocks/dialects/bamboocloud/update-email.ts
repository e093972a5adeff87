/** POST profile/update-email: gives the signed-in account the address to which the code was sent. */
import { changeAccount, whyTaken } from "../../core/accounts.ts";
import { parseEmail } from "../../core/email.ts";
import { missing } from "../../dialect-kit/fields.ts";
import { defineOperation, type OperationContext, oncePerWalk } from "../../dialect-kit/operation.ts";
import { clientMissing, clientUnknown, deviceIncomplete } from "./headers.ts";
import { accountGone, idTokenExpired, idTokenInvalid, idTokenMissing, signedInAccount } from "./id-token.ts";
import { codeMissing, codeSentTo } from "./verify-code.ts";

type UpdateCall = OperationContext<"updateEmail">;

const newEmail = oncePerWalk(({ body }: UpdateCall) => parseEmail(body.email) ?? "");
const code = codeSentTo((context: UpdateCall) => ({ scene: "UPDATE_EMAIL_EMS", receiver: newEmail(context) }));

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
      refuses: (context) => (newEmail(context) === "" ? `${context.body.email} is not an e-mail address` : undefined),
    },
    "code-unknown": code.unknown,
    "code-wrong": code.wrong,
    "code-superseded": code.superseded,
    "code-used": code.used,
    "code-expired": code.expired,
    "code-exhausted": code.exhausted,
    "email-own": {
      refuses: (context) =>
        signedInAccount(context)?.email === newEmail(context)
          ? `${newEmail(context)} is the account's own address`
          : undefined,
    },
    "email-taken": {
      refuses: (context) => whyTaken(context.tx, "email", newEmail(context), signedInAccount(context)),
    },
    "account-gone": accountGone,
  },
  run(context) {
    code.redeem(context);
    const account = signedInAccount(context);
    if (account !== undefined) changeAccount(context, account, { email: newEmail(context) });
  },
});
