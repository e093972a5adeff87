/** The id_token in `Authorization: Bearer {id_token}`, and the account that it stands for. */
import { SECOND_MS } from "../../core/clock.ts";
import type { Account } from "../../core/store.ts";
import { type AnyCall, type Check, perCall, whenKnown } from "../../http/operation.ts";
import { headerOf } from "../../http/plain.ts";

const BEARER = /^Bearer(?:\s+|$)/i;

/** The token's text; undefined when the header is absent or holds nothing beside the scheme. */
const tokenText = ({ headers }: AnyCall): string | undefined =>
  headerOf(headers, "authorization")?.replace(BEARER, "") || undefined;

const issuedToken = perCall(async (call: AnyCall) => {
  const record = await call.tx.get("token", tokenText(call) ?? "");
  return record?.use === "id" ? record : undefined;
});

/** The account of the id_token; undefined when the token is not good or its account is gone. */
export const signedInAccount = perCall(async (call: AnyCall): Promise<Account | undefined> => {
  const token = await issuedToken(call);
  return token === undefined ? undefined : call.tx.get("account", token.accountId);
});

export const idTokenMissing: Check = {
  refuses: (call) => (tokenText(call) === undefined ? "the header Authorization is absent or has no token" : undefined),
};

export const idTokenInvalid: Check = {
  refuses(call) {
    if (call.policy.bearer_required && !BEARER.test(headerOf(call.headers, "authorization") ?? "")) {
      return 'Authorization does not begin with "Bearer " (bearer_required)';
    }
    return whenKnown(issuedToken(call), (token) =>
      token === undefined ? "this id_token was not issued for this client id" : undefined,
    );
  },
};

export const idTokenExpired: Check = {
  refuses: (call) =>
    whenKnown(issuedToken(call), (token) => {
      if (token === undefined || token.expiresAt > call.now) return undefined;
      return `the id_token expired ${Math.floor((call.now - token.expiresAt) / SECOND_MS)} s ago`;
    }),
};

export const accountGone: Check = {
  refuses: (call) =>
    whenKnown(signedInAccount(call), (account) =>
      account === undefined ? "the account of this id_token was deleted" : undefined,
    ),
};
