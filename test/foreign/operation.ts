/** What an operation is, and which account calls it. */
import { type Account, isPast, type World } from "./state.ts";
import type { ErrorCode, Language } from "./texts.ts";

export interface ApiCall {
  readonly language: Language;
  readonly authorization: string | undefined;
  /** The text of this field of the body; undefined when it is absent, blank or not a text. */
  field(name: string): string | undefined;
}

/** An error code, or the payload of a success; most operations return no payload. */
export type Outcome = { readonly refused: ErrorCode } | { readonly body?: object };

export type Operation = (call: ApiCall, world: World) => Outcome;

export const done: Outcome = {};

export function refused(code: ErrorCode): { readonly refused: ErrorCode } {
  return { refused: code };
}

export type TokenTrouble = "missing" | "invalid" | "expired" | "gone";

/** The account of the id_token; each operation has its own code for each problem. */
export function signedIn(
  { authorization }: ApiCall,
  world: World,
  codes: Readonly<Record<TokenTrouble, ErrorCode>>,
): { readonly account: Account } | { readonly refused: ErrorCode } {
  const [, scheme, token] = /^(\S+)\s*(.*)$/.exec(authorization ?? "") ?? [];
  if (scheme === undefined) return refused(codes.missing);
  if (scheme.toLowerCase() !== "bearer") return refused(codes.invalid);
  if (token === undefined || token === "") return refused(codes.missing);
  const known = world.idTokens.get(token);
  if (known === undefined) return refused(codes.invalid);
  if (isPast(known.expiresAt)) return refused(codes.expired);
  const account = world.accounts.get(known.accountId);
  return account === undefined ? refused(codes.gone) : { account };
}
