/** Targets that declare a capability without having it, at least one way for each. */
import type { Capability, Sandbox, Target } from "../../../contracts/target/target.ts";

/** The wrong behaviour, in a target and in each of its sandboxes. */
export type Falsify = (target: Target) => Partial<Target>;

export interface LyingTarget {
  /** Such as "are made up". */
  readonly what: string;
  readonly falsify: Falsify;
  /** The suite's message about it. */
  readonly words: string;
}

export const lyingTargets: Readonly<Record<Capability, readonly LyingTarget[]>> = {
  sandboxes: [
    {
      what: "are one and the same",
      falsify: instead("openSandbox", once),
      words: "two sandboxes have the same client id",
    },
    {
      what: "share their accounts",
      falsify: instead("openSandbox", sharing),
      words: "an account of one sandbox exists in another one",
    },
    {
      what: "are unknown to the API",
      falsify: instead("openSandbox", renamed),
      words: "the API does not know the client id",
    },
    { what: "cannot be opened", falsify: instead("openSandbox", refused), words: "refused" },
    { what: "cannot be closed", falsify: instead("openSandbox", closed), words: "refused" },
  ],
  accounts: [
    {
      what: "are not kept",
      falsify: instead("createAccount", (create) => async (seed) => ({ ...(await create(seed)), id: "nobody" })),
      words: "a new account cannot be read",
    },
    {
      what: "lose their address",
      falsify: instead("createAccount", (create) => async ({ email = "", ...seed }) => ({
        ...(await create(seed)),
        email,
      })),
      words: "a new account has another number or address than the one created",
    },
    { what: "cannot be created", falsify: instead("createAccount", refused), words: "refused" },
  ],
  "account-read": [
    {
      what: "finds nobody",
      falsify: instead("readAccount", () => async () => undefined),
      words: "a new account cannot be read",
    },
    {
      what: "reads another number",
      falsify: instead("readAccount", (read) => async (id) => ({ id, ...(await read(id)), mobile: "13800000000" })),
      words: "a new account has another number or address than the one created",
    },
  ],
  "account-deletion": [
    {
      what: "leaves the account",
      falsify: instead("deleteAccount", () => async () => undefined),
      words: "a deleted account still exists",
    },
  ],
  "password-check": [
    {
      what: "says yes to all",
      falsify: instead("passwordMatches", () => async () => true),
      words: "a wrong password matches",
    },
    {
      what: "says no to all",
      falsify: instead("passwordMatches", () => async () => false),
      words: "the password of a new account does not match",
    },
  ],
  tokens: [
    {
      what: "are made up",
      falsify: instead("issueTokens", () => async () => ({ idToken: "made-up-token" })),
      words: "an issued token gets the same response as a made-up token",
    },
  ],
  "captcha-tokens": [
    {
      what: "are made up",
      falsify: instead("captchaToken", () => async () => "made-up-token"),
      words: "a pass token is refused with 400",
    },
    {
      what: "are for somebody else",
      falsify: instead("captchaToken", (issue) => (input) => issue({ ...input, sender: "13800000000" })),
      words: "a pass token is refused with 400",
    },
  ],
  "captcha-answer": [
    {
      what: "is beside it",
      falsify: instead("solveCaptcha", () => async () => ({ x: 9_999, y: 9_999 })),
      words: "verifyCaptcha answered 400 without a captcha_token",
    },
  ],
  codes: [
    {
      what: "are not planted",
      falsify: instead(
        "plantCode",
        () =>
          async ({ code = "654321" }) =>
            code,
      ),
      words: "a planted code is refused with 400",
    },
    {
      what: "are planted for another scene",
      falsify: instead("plantCode", (plant) => (order) => plant({ ...order, scene: "REGISTER_EMS" })),
      words: "a planted code is refused with 400",
    },
  ],
  messages: [
    {
      what: "never come",
      falsify: instead("readCode", () => async () => undefined),
      words: "the code that was sent did not arrive",
    },
    {
      what: "are misread",
      falsify: instead("readCode", (read) => async (order) => ({ ...(await read(order)), code: "999" })),
      words: "a sent code is refused with 400",
    },
  ],
  clock: [
    {
      what: "stands still",
      falsify: instead("advanceClock", () => async () => undefined),
      words: "a code is still valid one day later",
    },
  ],
  faults: [
    {
      what: "never happen",
      falsify: instead("failNext", () => async () => undefined),
      words: "the next request should fail with IDAAS.SDK.USER.0001, but the response is 400",
    },
  ],
  policy: [
    {
      what: "takes no change",
      falsify: instead("setPolicy", () => async () => undefined),
      words: "code_resend_seconds was set to 7, but reads 60",
    },
  ],
  "policy-read": [
    {
      what: "is made up",
      falsify: instead("readPolicy", () => async () => ({ code_resend_seconds: 60 })),
      words: "code_resend_seconds was set to 7, but reads 60",
    },
  ],
  "unique-codes": [
    {
      what: "are all the same",
      falsify: instead("plantCode", (plant) => (order) => plant({ ...order, code: "111111" })),
      words: 'three codes in a row are the same: set code_semantics or codeSemantics to "fixed"',
    },
  ],
};

type Functions = Required<
  Pick<
    Target,
    { [N in keyof Target]-?: NonNullable<Target[N]> extends (...args: never) => unknown ? N : never }[keyof Target]
  >
>;

function instead<N extends keyof Functions>(name: N, wrap: (honest: Functions[N]) => Functions[N]): Falsify {
  return (target) => ({ [name]: wrap(target[name] as Functions[N]) });
}

function refused(): () => Promise<never> {
  return async () => {
    throw new Error("refused");
  };
}

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
