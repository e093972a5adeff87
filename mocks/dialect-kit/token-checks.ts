/** The checks on the token of a signed-in request, and the account of the token. */
import { SECOND_MS } from "../core/clock.ts";
import type { Account, IssuedToken } from "../core/records.ts";
import { type Check, oncePerWalk, type RequestContext } from "./operation.ts";

/** For tokens of this use. `textOf` finds the token in a request; `name` is its name in the journal. */
export function tokenChecks(
  use: IssuedToken["use"],
  name: string,
  textOf: (context: RequestContext) => string | undefined,
) {
  const issued = oncePerWalk((context: RequestContext): IssuedToken | undefined => {
    const record = context.tx.get("token", textOf(context) ?? "");
    return record?.use === use ? record : undefined;
  });

  /** The account of the token; undefined if the token is unknown or its account was deleted. */
  const account = oncePerWalk((context: RequestContext): Account | undefined => {
    const token = issued(context);
    return token === undefined ? undefined : context.tx.get("account", token.accountId);
  });

  const missing: Check = {
    refuses: (context) =>
      textOf(context) === undefined ? "the header Authorization is absent or has no token" : undefined,
  };

  const invalid: Check = {
    refuses: (context) =>
      issued(context) === undefined ? `this ${name} was not issued for this client id` : invalidWithoutAccount(context),
  };

  const invalidWithoutAccount = (context: RequestContext) =>
    context.policy.deleted_account_token === "invalid-token" ? gone.refuses(context) : undefined;

  const expired: Check = {
    refuses(context) {
      const token = issued(context);
      if (token === undefined || token.expiresAt > context.now) return undefined;
      return `the ${name} expired ${Math.floor((context.now - token.expiresAt) / SECOND_MS)} s ago`;
    },
  };

  const gone: Check = {
    refuses: (context) => (account(context) === undefined ? `the account of this ${name} was deleted` : undefined),
  };

  return { account, missing, invalid, expired, gone };
}
