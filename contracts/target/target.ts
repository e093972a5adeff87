/** The target of the suite: an implementation of the API, and the functions that drive it. */

/**
 * What a target can do beyond the API itself. The names are those of contracts/control.yaml. The last three are parts of
 * others.
 */
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
  /** Accounts can be deleted; part of `accounts`. */
  | "account-deletion"
  /** The policy can be read; part of `policy`. */
  | "policy-read"
  /** Each code differs from the one before. Every target has this, except with `codeSemantics: "fixed"`. */
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
  /** In any form that the API accepts; null or absent if the account has none. */
  readonly mobile?: string | null;
  readonly email?: string | null;
  readonly username?: string | null;
  readonly name?: string | null;
  /**
   * null for an unknown password, such as that of a prepared account; absent if the account has the requested password.
   */
  readonly password?: string | null;
}

export interface TargetTokens {
  readonly idToken: string;
  readonly accessToken?: string;
}

export interface CodeQuery {
  readonly to: string;
  readonly scene: string;
  /** Only messages after the one with this id. */
  readonly after?: string;
  /** How many seconds to wait for a message; 0 looks once. */
  readonly wait?: number;
}

export interface ReadCode {
  readonly code: string;
  /** The id of the message, for `after` in a later call. */
  readonly id?: string;
  /** How many seconds the code is valid, if the target tells. */
  readonly expiresIn?: number;
  /** The text of the message, if the target tells. */
  readonly text?: string;
  /** How many messages match, of which this is the newest, if the target tells. */
  readonly count?: number;
}

export type PolicyValues = Readonly<Record<string, unknown>>;

/**
 * A system under test. Every function is optional. A missing function is a missing capability, and the cases that
 * require it are blocked. A function that cannot do exactly this throws `NotOffered`, and the case is blocked. Any
 * other exception makes the case an error, not a failure.
 */
export interface Target {
  readonly name: string;
  /** The base URL of the API, without the paths of openapi.yaml. */
  readonly baseUrl: string;
  /** By default all dialects of openapi.yaml. */
  readonly dialects?: readonly string[];
  /** By default all operations of the dialects. */
  readonly operations?: readonly string[];
  /** `fixed` for a test environment with one constant code for everyone; by default `unique`. */
  readonly codeSemantics?: "unique" | "fixed";
  /** The client id of the requests; by default the one in the documents. */
  readonly clientId?: string;
  /** Headers of every request to the API, such as a gateway key. Reports mask their values. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sends the requests, such as the global `fetch`; by default node:http, which is faster. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;

  /** Opens a separate world for one case, so that all cases can run in parallel. */
  openSandbox?(): Promise<Sandbox>;
  /**
   * Creates an account. The suite uses the returned values: a target with prepared accounts may give another number
   * than requested.
   */
  createAccount?(seed: AccountSeed): Promise<TargetAccount>;
  /** undefined for a deleted account. */
  readAccount?(id: string): Promise<TargetAccount | undefined>;
  deleteAccount?(id: string): Promise<void>;
  passwordMatches?(id: string, password: string): Promise<boolean>;
  /** Signs the account in. `expiresIn` is in seconds; 0 or less asks for expired tokens. */
  issueTokens?(id: string, options: { readonly expiresIn?: number }): Promise<TargetTokens>;
  /** A pass token without solving a captcha. */
  captchaToken?(options: { readonly sender: string; readonly expiresIn?: number }): Promise<string>;
  /** Where the piece of an open captcha belongs. */
  solveCaptcha?(token: string): Promise<{ readonly x: number; readonly y: number }>;
  /** Plants a code as if it had been sent, and returns it. */
  plantCode?(options: {
    readonly to: string;
    readonly scene: string;
    readonly code?: string;
    readonly expiresIn?: number;
  }): Promise<string>;
  /** The newest code sent to this receiver for this scene. Waits a moment for it; undefined if none arrives. */
  readCode?(options: CodeQuery): Promise<ReadCode | undefined>;
  /** A result with the time as `now`, in ISO 8601, lets the suite check that the clock moves. */
  advanceClock?(seconds: number): Promise<unknown>;
  /**
   * Makes the next request of the operation fail. `check` is the name in openapi.yaml, `error` the error code of the
   * API.
   */
  failNext?(options: { readonly operation: string; readonly check: string; readonly error: string }): Promise<void>;
  /** The policy of the target, with the keys of contracts/control.yaml. */
  readPolicy?(): Promise<PolicyValues>;
  /** Changes some keys; null restores the default of a key. */
  setPolicy?(patch: PolicyValues): Promise<void>;
  /** A number or address that no account has and whose codes can be read. By default the suite makes them up. */
  freshReceiver?(channel: "sms" | "email"): Promise<string>;
  /** Called once, after the last case. */
  close?(): Promise<void>;
}

export interface Sandbox extends Target {
  readonly clientId: string;
  close(): Promise<void>;
}

/**
 * Thrown by a function of a target that cannot do exactly this, such as issue an expired token. The case is then
 * blocked with this reason. Recognised by name, because a target may import another copy of this package.
 */
export class NotOffered extends Error {
  override readonly name = "NotOffered";
}

export function isNotOffered(thrown: unknown): thrown is Error {
  return thrown instanceof Error && thrown.name === "NotOffered";
}

/** Types a target. */
export function defineTarget(target: Target): Target {
  return target;
}

/** Whether the target claims the operation. */
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

/** All functions of a target except `fetch`. */
export const TARGET_FUNCTIONS: readonly (keyof Target)[] = [...Object.values(FUNCTION_OF), "freshReceiver", "close"];

/** All fields of a target. */
export const TARGET_FIELDS: readonly (keyof Target)[] = [
  ...TARGET_FUNCTIONS,
  ...(["name", "baseUrl", "dialects", "operations", "codeSemantics", "clientId", "headers", "fetch"] as const),
];

/** The function of the target that a capability stands for; undefined for `unique-codes`. */
export function functionOf(capability: Capability): keyof Target | undefined {
  return capability === "unique-codes" ? undefined : FUNCTION_OF[capability];
}

/** The capabilities that a description of the control protocol may list. Some of them are of no use to the suite. */
export const DECLARABLE: readonly string[] = [
  ...Object.keys(FUNCTION_OF),
  "unique-codes",
  ...["account-list", "account-update", "catalogue", "events", "fault-list"],
  ...["requests", "reset", "sandbox-list", "snapshot"],
];

/** The capabilities of the target, in a fixed order. */
export function capabilitiesOf(target: Target): readonly Capability[] {
  const offered = Object.entries(FUNCTION_OF).filter(([, name]) => target[name] !== undefined);
  const names = offered.map(([capability]) => capability as Capability);
  return target.codeSemantics === "fixed" ? names : [...names, "unique-codes"];
}
