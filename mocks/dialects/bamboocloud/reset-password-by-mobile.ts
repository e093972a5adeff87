/** POST pwd/update-by-mobile without Authorization: sets a new password after the old one was forgotten. */
import { defineOperation, type OperationContext } from "../../dialect-kit/operation.ts";
import { accountOfMobile, accountUnknown, canonicalMobile, mobileMissing } from "./account-by-mobile.ts";
import { clientMissing, clientUnknown, deviceIncomplete } from "./headers.ts";
import {
  newPasswordOf,
  passwordLength,
  passwordMissing,
  passwordRepeats,
  passwordTooSimple,
  passwordWeak,
} from "./new-password.ts";
import { codeMissing, codeSentTo } from "./verify-code.ts";

type ResetCall = OperationContext<"resetPasswordByMobile">;

const password = newPasswordOf<ResetCall>(accountOfMobile);
const code = codeSentTo((context: ResetCall) => {
  const receiver = canonicalMobile(context);
  return receiver === undefined ? undefined : { scene: "FORGET_PWD_SMS", receiver };
});

export const resetPasswordByMobile = defineOperation("resetPasswordByMobile", {
  checks: {
    "device-incomplete": deviceIncomplete,
    "client-missing": clientMissing,
    "client-unknown": clientUnknown,
    "code-missing": codeMissing,
    "mobile-missing": mobileMissing,
    "account-unknown": accountUnknown,
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
