/** POST update-phone: gives the signed-in account the number of its change token. */
import { changeAccount, whyTaken } from "../../core/accounts.ts";
import { useChangeToken } from "../../core/change-tokens.ts";
import { SECOND_MS } from "../../core/clock.ts";
import { missing, textOf } from "../../dialect-kit/fields.ts";
import { defineOperation, type OperationContext } from "../../dialect-kit/operation.ts";
import { accessToken, clientMissing, clientUnknown } from "./headers.ts";

type UpdateCall = OperationContext<"genauthUpdatePhone">;

const tokenText = ({ body }: UpdateCall) => textOf(body.updatePhoneToken) ?? "";
const changeTokenOf = (context: UpdateCall) => context.tx.get("permit", tokenText(context));

export const genauthUpdatePhone = defineOperation("genauthUpdatePhone", {
  checks: {
    "client-missing": clientMissing,
    "client-unknown": clientUnknown,
    "access-token-missing": accessToken.missing,
    "access-token-invalid": accessToken.invalid,
    "access-token-expired": accessToken.expired,
    "account-gone": accessToken.gone,
    "update-token-missing": { refuses: ({ body }) => missing("updatePhoneToken", body.updatePhoneToken) },
    "update-token-unknown": {
      refuses: (context) => (changeTokenOf(context) === undefined ? "this token was never issued" : undefined),
    },
    "update-token-foreign": {
      refuses(context) {
        const isOwn = changeTokenOf(context)?.accountId === accessToken.account(context)?.id;
        return isOwn ? undefined : "the token was issued for another account";
      },
    },
    "update-token-used": {
      refuses(context) {
        const usedAt = changeTokenOf(context)?.usedAt;
        return usedAt === undefined ? undefined : `the token was used ${secondsSince(usedAt, context)} s ago`;
      },
    },
    "update-token-expired": {
      refuses(context) {
        const changeToken = changeTokenOf(context);
        if (changeToken === undefined || changeToken.expiresAt > context.now) return undefined;
        return `the token expired ${secondsSince(changeToken.expiresAt, context)} s ago (update_phone_token_ttl_seconds)`;
      },
    },
    "mobile-taken": {
      refuses(context) {
        const mobile = changeTokenOf(context)?.mobile ?? "";
        return whyTaken(context.tx, "mobile", mobile, accessToken.account(context));
      },
    },
  },
  run(context) {
    const changeToken = changeTokenOf(context);
    const account = accessToken.account(context);
    if (changeToken !== undefined && account !== undefined) {
      useChangeToken(context.tx, tokenText(context), changeToken, context.now);
      changeAccount(context, account, { mobile: changeToken.mobile });
    }
    return { success: true };
  },
});

function secondsSince(moment: number, { now }: UpdateCall): number {
  return Math.floor((now - moment) / SECOND_MS);
}
