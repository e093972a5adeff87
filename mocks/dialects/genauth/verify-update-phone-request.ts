/** POST verify-update-phone-request: returns a change token for the codes of the new and the old number. */
import { whyTaken } from "../../core/accounts.ts";
import { issueChangeToken } from "../../core/change-tokens.ts";
import { missing, textOf } from "../../dialect-kit/fields.ts";
import { type Check, defineOperation, type OperationContext } from "../../dialect-kit/operation.ts";
import { proofChecks } from "./code-key.ts";
import { accessToken, clientMissing, clientUnknown } from "./headers.ts";
import { canonicalPhone } from "./phones.ts";
import { policyOf } from "./policy.ts";

type VerifyCall = OperationContext<"genauthVerifyUpdatePhoneRequest">;

/** The fields of the payload are unchecked, like those of the body. */
const payloadOf = ({ body }: VerifyCall): Readonly<Record<string, unknown>> =>
  typeof body.phonePassCodePayload === "object" && body.phonePassCodePayload !== null
    ? { ...body.phonePassCodePayload }
    : {};

const newPhone = (context: VerifyCall) => {
  const { newPhoneNumber, newPhoneCountryCode } = payloadOf(context);
  return canonicalPhone(newPhoneNumber, newPhoneCountryCode);
};

const oldPhone = (context: VerifyCall) => {
  const { oldPhoneNumber, oldPhoneCountryCode } = payloadOf(context);
  return canonicalPhone(oldPhoneNumber, oldPhoneCountryCode);
};

const newCodeText = (context: VerifyCall) => textOf(payloadOf(context)["newPhonePassCode"]);
const oldCodeText = (context: VerifyCall) => textOf(payloadOf(context)["oldPhonePassCode"]);

const newCode = proofChecks(
  (context: VerifyCall) => policyOf(context).genauth_new_phone_channels,
  newPhone,
  newCodeText,
);

/** Checked whenever the request has an old number, even if the policy does not require one. */
const oldCode = proofChecks(
  (context: VerifyCall) => policyOf(context).genauth_old_phone_channels,
  oldPhone,
  (context) => oldCodeText(context) ?? (isOldPhoneGiven(context) ? "" : undefined),
);

const isOldPhoneGiven = (context: VerifyCall) => textOf(payloadOf(context)["oldPhoneNumber"]) !== undefined;

export const genauthVerifyUpdatePhoneRequest = defineOperation("genauthVerifyUpdatePhoneRequest", {
  checks: {
    "client-missing": clientMissing,
    "client-unknown": clientUnknown,
    "access-token-missing": accessToken.missing,
    "access-token-invalid": accessToken.invalid,
    "access-token-expired": accessToken.expired,
    "account-gone": accessToken.gone,
    "verify-method-unknown": {
      refuses: ({ body: { verifyMethod } }) =>
        missing("verifyMethod", verifyMethod) ??
        (verifyMethod === "PHONE_PASSCODE" ? undefined : `verifyMethod is ${verifyMethod}`),
    },
    "new-mobile-missing": { refuses: (context) => missing("newPhoneNumber", payloadOf(context)["newPhoneNumber"]) },
    "code-missing": { refuses: (context) => missing("newPhonePassCode", payloadOf(context)["newPhonePassCode"]) },
    "mobile-malformed": {
      refuses: (context) =>
        newPhone(context) === undefined ? "newPhoneNumber is not a valid phone number" : undefined,
    },
    "old-mobile-missing": {
      refuses(context) {
        const hasMobile = accessToken.account(context)?.mobile !== undefined;
        if (!hasMobile || !policyOf(context).genauth_require_old_phone) return undefined;
        const { oldPhoneNumber, oldPhonePassCode } = payloadOf(context);
        return missing("oldPhoneNumber", oldPhoneNumber) ?? missing("oldPhonePassCode", oldPhonePassCode);
      },
    },
    "mobile-own": {
      refuses: (context) =>
        accessToken.account(context)?.mobile === newPhone(context)
          ? `${newPhone(context)} is the account's own number`
          : undefined,
    },
    "mobile-taken": {
      refuses: (context) => whyTaken(context.tx, "mobile", newPhone(context) ?? "", accessToken.account(context)),
    },
    "old-mobile-mismatch": {
      refuses(context) {
        if (!isOldPhoneGiven(context)) return undefined;
        const phone = oldPhone(context);
        const isOwn = phone !== undefined && phone === accessToken.account(context)?.mobile;
        return isOwn ? undefined : "oldPhoneNumber is not the account's number";
      },
    },
    "code-unknown": newCode.unknown,
    "code-wrong": newCode.wrong,
    "code-superseded": newCode.superseded,
    "code-used": newCode.used,
    "code-expired": newCode.expired,
    "code-exhausted": newCode.exhausted,
    "old-code-wrong": anyOf(oldCode.wrong, oldCode.superseded, oldCode.used, oldCode.exhausted),
    "old-code-expired": oldCode.expired,
  },
  run(context) {
    const { tx, now, services } = context;
    newCode.redeem(context);
    oldCode.redeem(context);
    const lifetimeSeconds = policyOf(context).update_phone_token_ttl_seconds;
    const accountId = accessToken.account(context)?.id ?? "";
    const options = { accountId, mobile: newPhone(context) ?? "", lifetimeSeconds, now };
    return {
      updatePhoneToken: issueChangeToken(tx, services.randomness, options),
      tokenExpiresIn: lifetimeSeconds,
    };
  },
});

/** Refuses if one of these checks refuses, for the reason of the first one, and records the attempt as that one does. */
function anyOf(...checks: readonly Check<VerifyCall>[]): Check<VerifyCall> {
  const refusing = (context: VerifyCall) => {
    for (const check of checks) {
      const why = check.refuses(context);
      if (why !== undefined) return { check, why };
    }
    return undefined;
  };
  return {
    refuses: (context) => refusing(context)?.why,
    afterFailure: (context) => refusing(context)?.check.afterFailure?.(context),
  };
}
