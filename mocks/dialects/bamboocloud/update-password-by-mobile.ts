/** POST pwd/update-by-mobile with Authorization: sets a new password for the signed-in account. */
import { defineOperation, type OperationContext } from "../../dialect-kit/operation.ts";
import { clientMissing, clientUnknown, deviceIncomplete } from "./headers.ts";
import { accountGone, idTokenExpired, idTokenInvalid, signedInAccount } from "./id-token.ts";
import {
  newPasswordOf,
  passwordLength,
  passwordMissing,
  passwordRepeats,
  passwordTooSimple,
  passwordWeak,
} from "./new-password.ts";
import { codeMissing, codeSentTo } from "./verify-code.ts";

type UpdateCall = OperationContext<"updatePasswordByMobile">;

const password = newPasswordOf<UpdateCall>(signedInAccount);
const code = codeSentTo((context: UpdateCall) => {
  const receiver = signedInAccount(context)?.mobile;
  return receiver === undefined ? undefined : { scene: "UPDATE_PWD_SMS", receiver };
});

export const updatePasswordByMobile = defineOperation("updatePasswordByMobile", {
  checks: {
    "device-incomplete": deviceIncomplete,
    "client-missing": clientMissing,
    "client-unknown": clientUnknown,
    "id-token-invalid": idTokenInvalid,
    "id-token-expired": idTokenExpired,
    "code-missing": codeMissing,
    "account-without-mobile": {
      refuses(context) {
        const account = signedInAccount(context);
        return account !== undefined && account.mobile === undefined ? "the account has no mobile number" : undefined;
      },
    },
    "account-gone": accountGone,
    "code-unknown": code.unknown,
    "code-wrong": code.wrong,
    "code-superseded": code.superseded,
    "code-used": code.used,
    "code-expired": code.expired,
    "code-exhausted": code.exhausted,
    "password-missing": passwordMissing,
    "password-used-before": password.usedBefore,
    "password-reversed-username": password.reversedUsername,
    "password-contains-identity": password.containsIdentity,
    "password-too-simple": passwordTooSimple,
    "password-weak": passwordWeak,
    "password-repeats": passwordRepeats,
    "password-length": passwordLength,
  },
  run(context) {
    code.redeem(context);
    password.set(context);
  },
});
