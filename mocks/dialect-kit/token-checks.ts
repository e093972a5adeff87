/** The checks on the token that signs a request in, and the account that it stands for. */
import { SECOND_MS } from "../core/clock.ts";
import type { Account, IssuedToken } from "../core/records.ts";
import { type AnyCall, type Check, perCall, whenKnown } from "./operation.ts";

/** For tokens of this use, found in a request by `textOf`; `name` is what the journal calls one. */
export function tokenChecks(use: IssuedToken["use"], name: string, textOf: (call: AnyCall) => string | undefined) {
  const issued = perCall(async (call: AnyCall) => {
    const record = await call.tx.get("token", textOf(call) ?? "");
    return record?.use === use ? record : undefined;
  });

  /** The account of the token; undefined when the token is not good or its account is gone. */
  const account = perCall(async (call: AnyCall): Promise<Account | undefined> => {
    const token = await issued(call);
    return token === undefined ? undefined : call.tx.get("account", token.accountId);
  });

  const missing: Check = {
    refuses: (call) => (textOf(call) === undefined ? "the header Authorization is absent or has no token" : undefined),
  };

  const invalid: Check = {
    refuses: (call) =>
      whenKnown(issued(call), (token) =>
        token === undefined ? `this ${name} was not issued for this client id` : undefined,
      ),
  };

  const expired: Check = {
    refuses: (call) =>
      whenKnown(issued(call), (token) => {
        if (token === undefined || token.expiresAt > call.now) return undefined;
        return `the ${name} expired ${Math.floor((call.now - token.expiresAt) / SECOND_MS)} s ago`;
      }),
  };

  const gone: Check = {
    refuses: (call) =>
      whenKnown(account(call), (found) =>
        found === undefined ? `the account of this ${name} was deleted` : undefined,
      ),
  };

  return { account, missing, invalid, expired, gone };
}
