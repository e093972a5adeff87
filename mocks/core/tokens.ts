/** Tokens of signed-in accounts. A token outlives its account, so that "user not found" can be reported. */
import { DAY_MS, SECOND_MS } from "./clock.ts";
import type { IssuedToken } from "./records.ts";
import { nextCount, type Transaction } from "./transaction.ts";

/** The claims of a token. Times are in seconds since 1970. */
interface Claims {
  readonly iss: string;
  readonly aud: string;
  readonly sub: string;
  readonly iat: number;
  readonly exp: number;
  readonly jti: string;
}

/** Turns claims into a signed JWT. */
export type Sign = (claims: Claims) => Promise<string>;

const ISSUER = "ciam-testkit";

/** Issues a signed token for the account and stores it under its text. `expiresAt` and `now` are in milliseconds. */
export function issueToken(
  tx: Transaction,
  sign: Sign,
  options: { accountId: string; use: IssuedToken["use"]; expiresAt: number; now: number },
): string {
  const { accountId, use, expiresAt, now } = options;
  const claims: Claims = {
    iss: ISSUER,
    aud: tx.sandbox,
    sub: accountId,
    iat: Math.floor(now / SECOND_MS),
    exp: Math.floor(expiresAt / SECOND_MS),
    jti: `${use}-${nextCount(tx, "token")}`,
  };
  const token = tx.resultOf(`signature of ${claims.jti}`, () => sign(claims));
  tx.set("token", token, { accountId, use, expiresAt, forgetAt: Math.max(expiresAt, now) + DAY_MS });
  return token;
}
