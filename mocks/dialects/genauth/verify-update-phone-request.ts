/** POST verify-update-phone-request: codes of the new and the old number against a token that changes the number. */
import { ownerOf } from "../../core/accounts.ts";
import { grantPermit } from "../../core/change-tokens.ts";
import { missing, textOf } from "../../dialect-kit/fields.ts";
import { type Call, type Check, defineOperation, whenKnown } from "../../dialect-kit/operation.ts";
import { proofChecks } from "./code-key.ts";
import { accessToken, clientMissing, clientUnknown } from "./headers.ts";
import { canonicalPhone } from "./phones.ts";
import { policyOf } from "./policy.ts";

type VerifyCall = Call<"genauthVerifyUpdatePhoneRequest">;

/** Members of the payload are as unknown as those of the body. */
const payloadOf = ({ body }: VerifyCall): Readonly<Record<string, unknown>> =>
  typeof body.phonePassCodePayload === "object" && body.phonePassCodePayload !== null
    ? { ...body.phonePassCodePayload }
    : {};

const newPhone = (call: VerifyCall) => {
  const { newPhoneNumber, newPhoneCountryCode } = payloadOf(call);
  return canonicalPhone(newPhoneNumber, newPhoneCountryCode);
};

const oldPhone = (call: VerifyCall) => {
  const { oldPhoneNumber, oldPhoneCountryCode } = payloadOf(call);
  return canonicalPhone(oldPhoneNumber, oldPhoneCountryCode);
};

const newCodeText = (call: VerifyCall) => textOf(payloadOf(call)["newPhonePassCode"]);
const oldCodeText = (call: VerifyCall) => textOf(payloadOf(call)["oldPhonePassCode"]);

const newCode = proofChecks((call: VerifyCall) => policyOf(call).genauth_new_phone_channels, newPhone, newCodeText);

/** Judged where the old number is given, whether or not it must be. */
const oldCode = proofChecks(
  (call: VerifyCall) => policyOf(call).genauth_old_phone_channels,
  oldPhone,
  (call) => oldCodeText(call) ?? (isOldPhoneGiven(call) ? "" : undefined),
);

const isOldPhoneGiven = (call: VerifyCall) => textOf(payloadOf(call)["oldPhoneNumber"]) !== undefined;

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
    "new-mobile-missing": { refuses: (call) => missing("newPhoneNumber", payloadOf(call)["newPhoneNumber"]) },
    "code-missing": { refuses: (call) => missing("newPhonePassCode", payloadOf(call)["newPhonePassCode"]) },
    "mobile-malformed": {
      refuses: (call) => (newPhone(call) === undefined ? "newPhoneNumber fits no country's rule" : undefined),
    },
    "old-mobile-missing": {
      refuses: (call) =>
        whenKnown(accessToken.account(call), (account) => {
          if (account?.mobile === undefined || !policyOf(call).genauth_require_old_phone) return undefined;
          const { oldPhoneNumber, oldPhonePassCode } = payloadOf(call);
          return missing("oldPhoneNumber", oldPhoneNumber) ?? missing("oldPhonePassCode", oldPhonePassCode);
        }),
    },
    "mobile-own": {
      refuses: (call) =>
        whenKnown(accessToken.account(call), (account) =>
          account?.mobile === newPhone(call) ? `${newPhone(call)} is the account's own number` : undefined,
        ),
    },
    "mobile-taken": {
      refuses: (call) =>
        whenKnown(ownerOf(call.tx, "mobile", newPhone(call) ?? ""), (owner) =>
          owner === undefined ? undefined : `${newPhone(call)} belongs to another account`,
        ),
    },
    "old-mobile-mismatch": {
      refuses: (call) =>
        whenKnown(accessToken.account(call), (account) => {
          if (!isOldPhoneGiven(call)) return undefined;
          const isOwn = oldPhone(call) !== undefined && oldPhone(call) === account?.mobile;
          return isOwn ? undefined : "oldPhoneNumber is not the account's number";
        }),
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
  async run(call) {
    const { tx, now, services } = call;
    await newCode.redeem(call);
    await oldCode.redeem(call);
    const lifetimeSeconds = policyOf(call).update_phone_token_ttl_seconds;
    const accountId = (await accessToken.account(call))?.id ?? "";
    const order = { accountId, mobile: newPhone(call) ?? "", lifetimeSeconds, now };
    return {
      updatePhoneToken: await grantPermit(tx, services.randomness, order),
      tokenExpiresIn: lifetimeSeconds,
    };
  },
});

/** Refuses for the first of these that does, and leaves behind what that one leaves behind. */
function anyOf(...checks: readonly Check<VerifyCall>[]): Check<VerifyCall> {
  const refusing = async (call: VerifyCall) => {
    for (const check of checks) {
      const why = await check.refuses(call);
      if (why !== undefined) return { check, why };
    }
    return undefined;
  };
  return {
    refuses: async (call) => (await refusing(call))?.why,
    afterFailure: async (call) => (await refusing(call))?.check.afterFailure?.(call),
  };
}
