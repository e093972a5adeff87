/** The checks on the token that signs a request in, and the account that it stands for. */
import { SECOND_MS } from "../core/clock.ts";
import type { Account, IssuedToken } from "../core/records.ts";
import { type Check, mapMaybePromise, memoizePerRequest, type RequestContext } from "./operation.ts";

/** For tokens of this use, found in a request by `textOf`; `name` is what the journal calls one. */
export function tokenChecks(
  use: IssuedToken["use"],
  name: string,
  textOf: (context: RequestContext) => string | undefined,
) {
  const issued = memoizePerRequest(async (context: RequestContext) => {
    const record = await context.tx.get("token", textOf(context) ?? "");
    return record?.use === use ? record : undefined;
  });

  /** The account of the token; undefined when the token is not good or its account is gone. */
  const account = memoizePerRequest(async (context: RequestContext): Promise<Account | undefined> => {
    const token = await issued(context);
    return token === undefined ? undefined : context.tx.get("account", token.accountId);
  });

  const missing: Check = {
    refuses: (context) =>
      textOf(context) === undefined ? "the header Authorization is absent or has no token" : undefined,
  };

  const invalid: Check = {
    refuses: (context) =>
      mapMaybePromise(issued(context), (token) =>
        token === undefined ? `this ${name} was not issued for this client id` : undefined,
      ),
  };

  const expired: Check = {
    refuses: (context) =>
      mapMaybePromise(issued(context), (token) => {
        if (token === undefined || token.expiresAt > context.now) return undefined;
        return `the ${name} expired ${Math.floor((context.now - token.expiresAt) / SECOND_MS)} s ago`;
      }),
  };

  const gone: Check = {
    refuses: (context) =>
      mapMaybePromise(account(context), (found) =>
        found === undefined ? `the account of this ${name} was deleted` : undefined,
      ),
  };

  return { account, missing, invalid, expired, gone };
}
