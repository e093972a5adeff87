/** POST update-phone: the signed-in account gets the number that its token was given for. */
import { changeAccount, ownerOf } from "../../core/accounts.ts";
import { usePermit } from "../../core/change-tokens.ts";
import { SECOND_MS } from "../../core/clock.ts";
import { missing, textOf } from "../../dialect-kit/fields.ts";
import { type Call, defineOperation, perCall, whenKnown } from "../../dialect-kit/operation.ts";
import { accessToken, clientMissing, clientUnknown } from "./headers.ts";

type UpdateCall = Call<"genauthUpdatePhone">;

const tokenText = ({ body }: UpdateCall) => textOf(body.updatePhoneToken) ?? "";
const permitOf = perCall(async (call: UpdateCall) => call.tx.get("permit", tokenText(call)));

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
      refuses: (call) =>
        whenKnown(permitOf(call), (permit) => (permit === undefined ? "this token was never issued" : undefined)),
    },
    "update-token-foreign": {
      async refuses(call) {
        const [permit, account] = [await permitOf(call), await accessToken.account(call)];
        return permit?.accountId === account?.id ? undefined : "the token was issued for another account";
      },
    },
    "update-token-used": {
      refuses: (call) =>
        whenKnown(permitOf(call), (permit) =>
          permit?.usedAt === undefined ? undefined : `the token was used ${secondsSince(permit.usedAt, call)} s ago`,
        ),
    },
    "update-token-expired": {
      refuses: (call) =>
        whenKnown(permitOf(call), (permit) => {
          if (permit === undefined || permit.expiresAt > call.now) return undefined;
          return `the token expired ${secondsSince(permit.expiresAt, call)} s ago (update_phone_token_ttl_seconds)`;
        }),
    },
    "mobile-taken": {
      async refuses(call) {
        const mobile = (await permitOf(call))?.mobile ?? "";
        const owner = await ownerOf(call.tx, "mobile", mobile);
        const isOwn = owner === (await accessToken.account(call))?.id;
        return owner === undefined || isOwn ? undefined : `${mobile} belongs to another account by now`;
      },
    },
  },
  async run(call) {
    const [permit, account] = [await permitOf(call), await accessToken.account(call)];
    if (permit !== undefined && account !== undefined) {
      usePermit(call.tx, tokenText(call), permit, call.now);
      changeAccount(call.tx, account, { mobile: permit.mobile });
    }
    return { success: true };
  },
});

function secondsSince(moment: number, { now }: UpdateCall): number {
  return Math.floor((now - moment) / SECOND_MS);
}
