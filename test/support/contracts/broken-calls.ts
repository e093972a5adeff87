/** Targets that declare a capability whose control call does not work, at least one way for each. */
import type { Capability, Sandbox } from "../../../contracts/target/target.ts";
import { instead, type LyingTarget, refused } from "./falsify.ts";

/** The control call itself is wrong. */
export const brokenCalls: Readonly<
  Record<Exclude<Capability, "faults" | "codes" | "unique-codes">, readonly LyingTarget[]>
> = {
  sandboxes: [
    {
      what: "are one and the same",
      falsify: instead("openSandbox", once),
      words: '"sandboxes", but it does not work: two sandboxes have the same client id',
    },
    {
      what: "share their accounts",
      falsify: instead("openSandbox", sharing),
      words: '"sandboxes", but it does not work: an account of one sandbox exists in another one',
    },
    {
      what: "are unknown to the API",
      falsify: instead("openSandbox", renamed),
      words: '"sandboxes", but it does not work: the API does not know the client id of a new sandbox',
    },
    {
      what: "cannot be opened",
      falsify: instead("openSandbox", refused),
      words: '"sandboxes", but it does not work: refused',
    },
    {
      what: "cannot be closed",
      falsify: instead("openSandbox", closed),
      words: '"sandboxes", but it does not work: refused',
    },
  ],
  accounts: [
    {
      what: "cannot be created",
      falsify: instead("createAccount", refused),
      words: '"accounts", but it does not work: refused',
    },
  ],
  "account-read": [
    {
      what: "finds no account",
      falsify: instead("readAccount", () => async () => undefined),
      words: '"account-read", but it does not work: a new account cannot be read',
    },
    {
      what: "finds no account, because none is kept",
      falsify: instead("createAccount", (create) => async (seed) => ({ ...(await create(seed)), id: "nobody" })),
      words: '"account-read", but it does not work: a new account cannot be read',
    },
    {
      what: "reads another number",
      falsify: instead("readAccount", (read) => async (id) => ({ id, ...(await read(id)), mobile: "13800000000" })),
      words: '"account-read", but it does not work: a new account has another number or address than the one created',
    },
    {
      what: "reads an account that lost its address",
      falsify: instead("createAccount", (create) => async ({ email = "", ...seed }) => ({
        ...(await create(seed)),
        email,
      })),
      words: '"account-read", but it does not work: a new account has another number or address than the one created',
    },
  ],
  "account-deletion": [
    {
      what: "leaves the account",
      falsify: instead("deleteAccount", () => async () => undefined),
      words: '"accounts", but it does not work: a deleted account still exists',
    },
  ],
  "password-check": [
    {
      what: "says yes to all",
      falsify: instead("passwordMatches", () => async () => true),
      words: '"password-check", but it does not work: a wrong password matches',
    },
    {
      what: "says no to all",
      falsify: instead("passwordMatches", () => async () => false),
      words: '"password-check", but it does not work: the password of a new account does not match',
    },
  ],
  tokens: [
    {
      what: "are all the same",
      falsify: instead("issueTokens", () => async () => ({ idToken: "made-up-token" })),
      words: '"tokens", but it does not work: two accounts have the same token',
    },
    {
      what: "cannot be issued",
      falsify: instead("issueTokens", refused),
      words: '"tokens", but it does not work: refused',
    },
  ],
  "captcha-tokens": [
    {
      what: "cannot be issued",
      falsify: instead("captchaToken", refused),
      words: '"captcha-tokens", but it does not work: refused',
    },
  ],
  "captcha-answer": [
    {
      what: "is no place",
      falsify: instead("solveCaptcha", () => async () => ({}) as { x: number; y: number }),
      words: '"captcha-answer", but it does not work: the solution of a captcha must have the numbers x and y',
    },
  ],
  messages: [
    {
      what: "are there before anything is sent",
      falsify: instead("readCode", () => async () => ({ code: "999" })),
      words: '"messages", but it does not work: a receiver to whom nothing was sent has a message',
    },
  ],
  clock: [
    {
      what: "tells that it stands still",
      falsify: instead("advanceClock", () => async () => ({ now: "2026-01-01T00:00:00Z" })),
      words: '"clock", but it does not work: an advance by 600 s moved "now" by 0 s',
    },
    {
      what: "cannot be moved",
      falsify: instead("advanceClock", refused),
      words: '"clock", but it does not work: refused',
    },
  ],
  policy: [
    {
      what: "takes no change",
      falsify: instead("setPolicy", () => async () => undefined),
      words: '"policy", but it does not work: code_resend_seconds was set to 61, but reads 60',
    },
  ],
  "policy-read": [
    {
      what: "is made up",
      falsify: instead("readPolicy", () => async () => ({ code_resend_seconds: 60 })),
      words: '"policy", but it does not work: code_resend_seconds was set to 61, but reads 60',
    },
    {
      what: "cannot be read",
      falsify: instead("readPolicy", refused),
      words: '"policy", but it does not work: refused',
    },
  ],
};

type Open = () => Promise<Sandbox>;

function once(open: Open): Open {
  let opened: Promise<Sandbox> | undefined;
  return async () => {
    opened ??= open();
    return { ...(await opened), close: async () => undefined };
  };
}

/** All sandboxes are the first one, which stays open. */
function sharing(open: Open): Open {
  let first: Sandbox | undefined;
  return async () => {
    const sandbox = await open();
    first ??= { ...sandbox, close: async () => undefined };
    const { createAccount, readAccount } = first as Required<Sandbox>;
    return { ...sandbox, close: first.close, createAccount, readAccount };
  };
}

function renamed(open: Open): Open {
  return async () => ({ ...(await open()), clientId: crypto.randomUUID() });
}

function closed(open: Open): Open {
  return async () => ({ ...(await open()), close: refused() });
}
