/** What the suite is pointed at: an implementation of the API, and what it offers to be driven by. Knows no case. */

/** What a target can do beyond the API itself. The names are those of contracts/control.yaml, but for the last three. */
export type Capability =
  | "sandboxes"
  | "accounts"
  | "account-read"
  | "password-check"
  | "tokens"
  | "captcha-tokens"
  | "captcha-answer"
  | "codes"
  | "messages"
  | "clock"
  | "faults"
  | "policy"
  /** Accounts can be deleted; part of `accounts` in the control protocol. */
  | "account-deletion"
  /** The policy can be read, and not changed. */
  | "policy-read"
  /** Each code differs from the one before: all targets but those with `codeSemantics: "fixed"`. */
  | "unique-codes";

export interface AccountSeed {
  readonly mobile?: string;
  readonly email?: string;
  readonly username?: string;
  readonly name?: string;
  readonly password?: string;
}

export interface TargetAccount {
  readonly id: string;
  /** In any form that the API takes; null or absent for what is not set. */
  readonly mobile?: string | null;
  readonly email?: string | null;
  readonly username?: string | null;
  readonly name?: string | null;
  /** null for one that nobody knows, as of an account that was there before; absent for the one that was asked for. */
  readonly password?: string | null;
}

export interface TargetTokens {
  readonly idToken: string;
  readonly accessToken?: string;
}

export interface CodeQuery {
  readonly to: string;
  readonly scene: string;
  /** Only what came after the message of this id. */
  readonly after?: string;
  /** Seconds to wait for one at most; 0 looks once. */
  readonly wait?: number;
}

export interface ReadCode {
  readonly code: string;
  /** Names the message, so that a later one can be asked for with `after`. */
  readonly id?: string;
  /** Seconds that the code is good for, where the target tells. */
  readonly expiresIn?: number;
  /** How many messages fit the question, of which this is the newest; where the target tells. */
  readonly count?: number;
}

export type PolicyValues = Readonly<Record<string, unknown>>;

/**
 * A system under test. Every function is optional; a missing one is a missing capability, and the cases that need it are
 * reported as blocked. One that cannot do just what it was asked throws `NotOffered`, and that case is blocked; whatever else
 * it throws makes the case an error, not a failure.
 */
export interface Target {
  readonly name: string;
  /** Where the API is; the paths of openapi.yaml are appended. */
  readonly baseUrl: string;
  /** By default all that openapi.yaml has. */
  readonly dialects?: readonly string[];
  /** By default all of the dialects. */
  readonly operations?: readonly string[];
  /** `fixed` for a test environment in which one constant code is good for everybody; by default `unique`. */
  readonly codeSemantics?: "unique" | "fixed";
  /** The id that requests carry; by default the one that the documents show. */
  readonly clientId?: string;
  /** Sent with every request to the API, such as a gateway's key. Masked in reports. */
  readonly headers?: Readonly<Record<string, string>>;
  /** How requests are made; by default the global `fetch`. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;

  /** A world of its own for one case, so that cases run side by side and none has to be run apart. */
  openSandbox?(): Promise<Sandbox>;
  /** An account. What is answered counts: a target with pre-made accounts may give it another number than it was asked for. */
  createAccount?(seed: AccountSeed): Promise<TargetAccount>;
  /** undefined for an account that is gone. */
  readAccount?(id: string): Promise<TargetAccount | undefined>;
  deleteAccount?(id: string): Promise<void>;
  passwordMatches?(id: string, password: string): Promise<boolean>;
  /** Signs the account in; `expiresIn` in seconds, 0 or less for tokens that are expired already. */
  issueTokens?(id: string, options: { readonly expiresIn?: number }): Promise<TargetTokens>;
  /** A pass token without solving a captcha. */
  captchaToken?(options: { readonly sender: string; readonly expiresIn?: number }): Promise<string>;
  /** Where the piece of an open captcha belongs. */
  solveCaptcha?(token: string): Promise<{ readonly x: number; readonly y: number }>;
  /** A code as if it had been sent; answers the code. */
  plantCode?(options: {
    readonly to: string;
    readonly scene: string;
    readonly code?: string;
    readonly expiresIn?: number;
  }): Promise<string>;
  /** The newest code that went to this receiver for this scene, waiting a moment for it; undefined when none came. */
  readCode?(options: CodeQuery): Promise<ReadCode | undefined>;
  advanceClock?(seconds: number): Promise<void>;
  /** Lets the next request of the operation fail so; `check` is our name, `error` the API's code. */
  failNext?(options: { readonly operation: string; readonly check: string; readonly error: string }): Promise<void>;
  /** The figures that the target works by, under the keys of contracts/control.yaml. */
  readPolicy?(): Promise<PolicyValues>;
  /** Changes some keys; null puts a key back to its default. */
  setPolicy?(patch: PolicyValues): Promise<void>;
  /** A number or address that nobody has and whose codes can be read; by default the suite makes them up. */
  freshReceiver?(channel: "sms" | "email"): Promise<string>;
  /** Called once, after the last case. */
  close?(): Promise<void>;
}

export interface Sandbox extends Target {
  readonly clientId: string;
  close(): Promise<void>;
}

/**
 * What a function of a target throws that cannot do just this, such as a token that is expired already: the case is then
 * blocked, with this reason. It goes by its name: a target may have another copy of this package.
 */
export class NotOffered extends Error {
  override readonly name = "NotOffered";
}

/** Gives a target its type. */
export function defineTarget(target: Target): Target {
  return target;
}

/** Whether the target says that it has the operation. */
export function claims(
  target: Target,
  operation: { readonly id: string; readonly dialect: string } | undefined,
): boolean {
  if (operation === undefined) return false;
  const { dialects, operations } = target;
  return dialects?.includes(operation.dialect) !== false && operations?.includes(operation.id) !== false;
}

const FUNCTION_OF: Readonly<Record<Exclude<Capability, "unique-codes">, keyof Target>> = {
  sandboxes: "openSandbox",
  accounts: "createAccount",
  "account-read": "readAccount",
  "account-deletion": "deleteAccount",
  "password-check": "passwordMatches",
  tokens: "issueTokens",
  "captcha-tokens": "captchaToken",
  "captcha-answer": "solveCaptcha",
  codes: "plantCode",
  messages: "readCode",
  clock: "advanceClock",
  faults: "failNext",
  policy: "setPolicy",
  "policy-read": "readPolicy",
};

/** All that can be called of a target, but for its `fetch`. */
export const TARGET_FUNCTIONS: readonly (keyof Target)[] = [...Object.values(FUNCTION_OF), "freshReceiver", "close"];

/** What the target offers, in a fixed order. */
export function capabilitiesOf(target: Target): readonly Capability[] {
  const offered = Object.entries(FUNCTION_OF).filter(([, name]) => target[name] !== undefined);
  const names = offered.map(([capability]) => capability as Capability);
  return target.codeSemantics === "fixed" ? names : [...names, "unique-codes"];
}
