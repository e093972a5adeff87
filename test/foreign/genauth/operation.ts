/** What an operation of GenAuth is, and which account calls it. */
import type { IssuedCode } from "../codes.ts";
import type { Figures } from "../figures.ts";
import { mobileFrom } from "../numbers.ts";
import type { Choices } from "../options.ts";
import { type Account, isPast, type Permit, type World } from "../state.ts";
import type { Language } from "../texts.ts";
import type { GenauthCause } from "./refusals.ts";

export type Fields = Readonly<Record<string, unknown>>;

export type TokenState = "missing" | "invalid" | "expired" | "gone" | Account;

export interface Ask {
  readonly world: World;
  readonly choices: Choices;
  readonly figures: Figures;
  readonly language: Language;
  readonly fields: Fields;
  /** The text of this field of the body, or of the object; undefined when it is absent or counts as absent. */
  text(field: string, inside?: Fields): string | undefined;
  readonly token: TokenState;
  readonly account: Account | undefined;
  /** What the checks found out for the effect. */
  readonly found: { newCode?: IssuedCode; oldCode?: IssuedCode; permit?: Permit };
}

export interface Check {
  readonly kind: "field" | "token" | "code" | "state";
  judge(ask: Ask): GenauthCause | undefined;
}

export interface Operation {
  readonly id: string;
  readonly method: "GET" | "POST";
  readonly fields: readonly string[];
  readonly checks: readonly Check[];
  /** The `data` of a success; undefined for none. */
  carryOut(ask: Ask): object | undefined;
}

export function needs(field: string, cause: GenauthCause): Check {
  return { kind: "field", judge: (ask) => (ask.text(field) === undefined ? cause : undefined) };
}

export const signedIn: Check = {
  kind: "token",
  judge({ token, figures }) {
    if (typeof token === "object") return undefined;
    if (token === "gone")
      return figures.deleted_account_token === "invalid-token" ? "access-token-invalid" : "account-gone";
    return `access-token-${token}`;
  },
};

/** The account of the access token, which the vendor's SDK sends without a scheme. */
export function tokenState(world: World, authorization: string | undefined): TokenState {
  const token = tokenIn(authorization, world.choices.genauth.scheme);
  if (token === "missing") return "missing";
  const known = world.tokens.get(token);
  if (known === undefined || known.use !== "access") return "invalid";
  if (isPast(world, known.expiresAt)) return "expired";
  return world.accounts.get(known.accountId) ?? "gone";
}

/** Without the scheme, where that is allowed. */
function tokenIn(authorization = "", scheme: "both" | "raw" | "bearer"): string {
  if (/^(?:bearer)?\s*$/i.test(authorization)) return "missing";
  const [, afterScheme] = /^bearer\s+(.*)$/i.exec(authorization) ?? [];
  if (scheme === "bearer") return afterScheme ?? "";
  return scheme === "raw" ? authorization : (afterScheme ?? authorization);
}

const HOME = "+86";

/** The area code of a field; undefined for an absent one, and a text that is none for a value of another type. */
export function areaCodeIn(ask: Ask, name: string, inside: Fields = ask.fields): string | undefined {
  const value = inside[name];
  const isOdd = value !== undefined && value !== null && typeof value !== "string";
  return isOdd && ask.choices.genauth.oddAreaCode === "refused" ? "odd" : ask.text(name, inside);
}

/** The canonical number; undefined for a malformed one. The area code has a field of its own, and is +86 when left out. */
export function phoneFrom({ choices }: World, number: string, areaCode = HOME): string | undefined {
  if (number.startsWith("+")) return choices.genauth.areaCodeInNumber ? anySpelling(number) : undefined;
  if (areaCode !== HOME) return anySpelling(`${areaCode}-${number}`);
  return /^1\d{10}$/.test(number) ? number : undefined;
}

function anySpelling(number: string): string | undefined {
  return mobileFrom(number, { spellings: ["joined", "dashed"], foreignNumbers: true, leadingDash: false });
}
