/** The id_token in `Authorization: Bearer {id_token}`, and the account of the token. */
import type { Check, RequestContext } from "../../dialect-kit/operation.ts";
import { tokenChecks } from "../../dialect-kit/token-checks.ts";
import { headerOf } from "../../http/message.ts";

const BEARER = /^Bearer(?:\s+|$)/i;

/** The text of the token; undefined if the header is absent or has no token after the scheme. */
const tokenText = ({ headers }: RequestContext): string | undefined =>
  headerOf(headers, "authorization")?.replace(BEARER, "") || undefined;

const idToken = tokenChecks("id", "id_token", tokenText);

/** The account of the id_token; undefined if the token is unknown or its account was deleted. */
export const signedInAccount = idToken.account;

export const idTokenMissing: Check = {
  refuses(context) {
    const { token_without_bearer } = context.policy;
    return idToken.missing.refuses(context) ?? (token_without_bearer === "missing" ? lacksBearer(context) : undefined);
  },
};

/** Also refuses a token without `Bearer` where the operation does not check for a missing token. */
export const idTokenInvalid: Check = {
  refuses: (context) => lacksBearer(context) ?? idToken.invalid.refuses(context),
};

function lacksBearer(context: RequestContext): string | undefined {
  if (context.policy.bearer_required && !BEARER.test(headerOf(context.headers, "authorization") ?? "")) {
    return 'the header Authorization must begin with "Bearer " (bearer_required, token_without_bearer)';
  }
  return undefined;
}

export const idTokenExpired = idToken.expired;

export const accountGone = idToken.gone;
