/** What an operation is: its checks, each with one cause in mind, and what it does when all are passed. */
import { type Cause, CODES, type Refusal } from "../causes.ts";
import { type IssuedCode, judgeCode, type Place } from "../codes.ts";
import type { Figures } from "../figures.ts";
import type { Choices } from "../options.ts";
import { type Account, isPast, mobileOf, type World } from "../state.ts";
import type { ErrorCode, Language } from "../texts.ts";

export type TokenState = "missing" | "invalid" | "expired" | "gone" | Account;

export interface Ask {
  readonly world: World;
  readonly choices: Choices;
  readonly figures: Figures;
  readonly language: Language;
  readonly authorization: string | undefined;
  /** A header; undefined when it is absent or counts as absent. */
  header(name: string): string | undefined;
  /** The text of this field of the body; undefined when it is absent or counts as absent. */
  text(field: string): string | undefined;
  /** The canonical number in this field. */
  mobile(field: string): string | undefined;
  readonly token: TokenState;
  /** The signed-in account. */
  readonly account: Account | undefined;
  /** The code that the request shows; judged once. */
  readonly shown: { code?: IssuedCode };
}

type Kind = "device" | "field" | "token" | "code" | "state";

/**
 * One reason to refuse. A check whose input another check refuses has nothing to say, so that any order gives the same
 * refusal to a request with one mistake.
 */
export interface Check {
  readonly kind: Kind;
  judge(ask: Ask): Cause | Refusal | undefined;
}

export interface Operation {
  /** The operationId of openapi.yaml. */
  readonly id: string;
  readonly method: "GET" | "POST";
  /** The fields that a strict backend knows. */
  readonly fields: readonly string[];
  readonly checks: readonly Check[];
  readonly codes?: Partial<Readonly<Record<Cause, ErrorCode>>>;
  /** The payload of a success; most operations return none. */
  carryOut(ask: Ask): object | undefined;
}

export function codeOf({ codes = {} }: Pick<Operation, "codes">, cause: Cause): ErrorCode {
  return codes[cause] ?? CODES[cause];
}

export function needs(field: string, cause: Cause): Check {
  return { kind: "field", judge: (ask) => (ask.text(field) === undefined ? cause : undefined) };
}

export const device: Check = {
  kind: "device",
  judge(ask) {
    const names = ["x-operating-sys-version", "x-device-fingerprint", "x-agent"];
    return names.every((name) => ask.header(name) !== undefined) ? undefined : "device-incomplete";
  },
};

export const wellFormedMobile: Check = {
  kind: "field",
  judge: (ask) =>
    ask.text("mobile") !== undefined && ask.mobile("mobile") === undefined ? "mobile-malformed" : undefined,
};

export const signedIn: Check = {
  kind: "token",
  judge({ token, figures }) {
    if (typeof token === "object") return undefined;
    if (token === "gone")
      return figures.deleted_account_token === "invalid-token" ? "id-token-invalid" : "account-gone";
    return `id-token-${token}`;
  },
};

/** Judges the code that was sent to this place; nothing to say while the place or the code is missing. */
export function rightCode(place: (ask: Ask) => Place | undefined, unknown: Cause = "code-unknown"): Check {
  return {
    kind: "code",
    judge(ask) {
      const [where, text] = [place(ask), ask.text("verify_code")];
      if (where === undefined || text === undefined) return undefined;
      const judged = judgeCode(ask.world, where, text);
      if (typeof judged === "string") return judged === "code-unknown" ? unknown : judged;
      ask.shown.code = judged;
      return undefined;
    },
  };
}

/** The account of the id_token in an Authorization header. */
export function tokenState(world: World, authorization: string | undefined): TokenState {
  const { scheme, rest } = partsOf(authorization);
  if (scheme === "") return "missing";
  const isBearer = world.choices.bearerCase === "exact" ? scheme === "Bearer" : scheme.toLowerCase() === "bearer";
  const figures = world.policy.of("bamboocloud");
  const isBare = !figures.bearer_required && rest === "";
  if (isBearer && rest === "") return "missing";
  if (!isBearer && !isBare) return figures.token_without_bearer;
  return stateOf(world, isBearer ? rest : scheme);
}

function partsOf(authorization = ""): { readonly scheme: string; readonly rest: string } {
  const [, scheme = "", rest = ""] = /^(\S+)\s*(.*)$/.exec(authorization) ?? [];
  return { scheme, rest };
}

function stateOf(world: World, token: string): TokenState {
  const known = world.tokens.get(token);
  if (known === undefined || known.use !== "id") return "invalid";
  if (isPast(world, known.expiresAt)) return "expired";
  return world.accounts.get(known.accountId) ?? "gone";
}

export function mobileIn(world: World, text: string | undefined): string | undefined {
  return text === undefined ? undefined : mobileOf(world, text);
}
