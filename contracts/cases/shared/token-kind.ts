/** A kind of token, and its place in a request. */

import type { TargetTokens } from "../../target/target.ts";
import type { Draft } from "../../world/world.ts";
import type { SignedInFixture } from "./token-mutations.ts";

/** The kind of token that signs a request in: its name in the dialect, and its place in the request. */
export interface TokenKind {
  /** Used in case ids. */
  readonly name: string;
  readonly noun: string;
  /** The check that refuses a token that was never issued. */
  readonly invalid: string;
  /** The prefix in Authorization. */
  readonly prefix: string;
  /** Picks this kind from the tokens of an account. */
  of(tokens: TargetTokens): string | undefined;
  /** The kind that the other system takes. */
  readonly other: Pick<TokenKind, "name" | "noun" | "of">;
}

export function authorized(draft: Draft, authorization: string): Draft {
  return { ...draft, headers: { ...draft.headers, Authorization: authorization } };
}

export function tokenOf({ draft }: SignedInFixture, { noun, prefix }: TokenKind): string {
  const { Authorization: authorization = "" } = draft.headers;
  if (authorization === "" || !authorization.startsWith(prefix)) throw new Error(`the request has no ${noun}`);
  return authorization.slice(prefix.length);
}
