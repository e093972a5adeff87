/** Each thing that the documents leave open, with its default, its unit and how it is known. */

/** How a number is written: `15201657312`, `+8615201657312` or `+86-15201657312`. */
export type MobileSpelling = "plain" | "joined" | "dashed";

/** Whether a limit counts the messages of one scene to one receiver, or all messages to one receiver. */
export type LimitScope = "scene" | "receiver";

export interface Policy {
  /** Digits. */
  readonly code_length: number;
  readonly code_ttl_seconds: number;
  /** Between two messages of the same scope. */
  readonly code_resend_seconds: number;
  readonly code_resend_scope: LimitScope;
  /** Messages of one scope within any 24 hours. */
  readonly code_daily_limit: number;
  readonly code_daily_limit_scope: LimitScope;
  /** Wrong tries after which a code is dead. */
  readonly code_max_attempts: number;
  /** Whether a newer code of the same receiver and scene kills the older ones. */
  readonly code_supersedes: boolean;
  /** When set, every code of the sandbox. */
  readonly pinned_code: string | null;
  /** Whether a right code is used up by a request that a later check refuses. */
  readonly code_used_when_refused: boolean;
  readonly bearer_required: boolean;
  readonly token_without_bearer: "invalid" | "missing";
  readonly deleted_account_token: "unknown-user" | "invalid-token";
  readonly update_pwd_requires_area_code: boolean;
  readonly send_to_unknown: "silent" | "fail" | "send";
  readonly unverified_mobile: "distinct" | "no-live-code" | "as-wrong-code";
  /** Until another account can take a number or address that an account gave up. */
  readonly identifier_hold_seconds: number;
  readonly mobile_spellings: readonly MobileSpelling[];
  /** Whether a login with an unknown number creates an account for it. */
  readonly login_registers: boolean;
  /** How a login reports a malformed or unknown number. */
  readonly login_number_errors: "distinct" | "as-wrong-code";
  readonly captcha_challenge_ttl_seconds: number;
  readonly captcha_token_ttl_seconds: number;
  readonly captcha_tolerance_px: number;
  /** Whether a captcha token works only for the receiver for whom the captcha was solved. */
  readonly captcha_token_bound: boolean;
  readonly captcha_token_comparison: "whole" | "first-part";
  /** Whether a right captcha token is used up by a request that a later check refuses. */
  readonly captcha_token_used_when_refused: boolean;
  readonly id_token_ttl_seconds: number;
  readonly session_token_ttl_seconds: number;
  readonly password_min_length: number;
  readonly password_max_length: number;
  /** Of upper case, lower case, digits, special characters. */
  readonly password_min_classes: number;
  /** How often one character may occur. */
  readonly password_max_repeat: number;
  /** Whether `password_max_repeat` counts the longest run of a character, or all its occurrences. */
  readonly password_repeat_counting: "run" | "total";
  readonly password_reversed_username: "contained" | "equal";
  /** For the rules about the user name, the number, the address and the name. */
  readonly password_identity_ignores_case: boolean;
  /** How many passwords, the current one included, may not be set again. */
  readonly password_history: number;
  readonly password_weak_list: readonly string[];
  readonly password_weak_list_ignores_case: boolean;
  /** The body of a success for which the pages print none. */
  readonly empty_success: "no-body" | "empty-object";
  readonly default_language: "en" | "zh";
  /** Whether numbers and addresses with certain endings are always answered with a certain error. */
  readonly magic_values: boolean;
}

export type PolicyKey = keyof Policy;

export interface Assumption<Value> {
  readonly default: Value;
  readonly source: string;
}

export const assumptions: { readonly [K in PolicyKey]: Assumption<Policy[K]> } = {
  code_length: { default: 6, source: "samples" },
  code_ttl_seconds: { default: 300, source: "assumed" },
  code_resend_seconds: { default: 60, source: "documented for one system, assumed for the other" },
  code_resend_scope: { default: "scene", source: "assumed" },
  code_daily_limit: { default: 10, source: "assumed" },
  code_daily_limit_scope: { default: "receiver", source: "assumed" },
  code_max_attempts: { default: 5, source: "assumed" },
  code_supersedes: { default: true, source: "assumed" },
  pinned_code: { default: null, source: "a convenience of this mock" },
  code_used_when_refused: { default: false, source: "assumed" },
  bearer_required: { default: true, source: "documented form; that anything else is refused is inferred" },
  token_without_bearer: { default: "invalid", source: "assumed" },
  deleted_account_token: { default: "unknown-user", source: "documented error; when it occurs is inferred" },
  update_pwd_requires_area_code: {
    default: true,
    source: "documented form; that anything else is refused is inferred",
  },
  send_to_unknown: { default: "silent", source: "assumed" },
  unverified_mobile: { default: "distinct", source: "assumed" },
  identifier_hold_seconds: { default: 0, source: "assumed" },
  mobile_spellings: {
    default: ["plain", "joined", "dashed"],
    source: "published country rules; that every operation accepts all spellings is inferred",
  },
  login_registers: { default: false, source: "documented option of the system, default assumed" },
  login_number_errors: { default: "distinct", source: "assumed" },
  captcha_challenge_ttl_seconds: { default: 120, source: "source of the captcha engine" },
  captcha_token_ttl_seconds: { default: 180, source: "source of the captcha engine" },
  captcha_tolerance_px: { default: 5, source: "source of the captcha engine" },
  captcha_token_bound: { default: true, source: "documented field sender; that it is compared is inferred" },
  captcha_token_comparison: { default: "whole", source: "assumed" },
  captcha_token_used_when_refused: { default: false, source: "assumed" },
  id_token_ttl_seconds: { default: 7_200, source: "documentation of a sibling product" },
  session_token_ttl_seconds: { default: 432_000, source: "sample" },
  password_min_length: { default: 8, source: "sample of the policy object" },
  password_max_length: { default: 18, source: "sample of the policy object" },
  password_min_classes: { default: 3, source: "sample of the policy object" },
  password_max_repeat: { default: 3, source: "assumed" },
  password_repeat_counting: { default: "run", source: "assumed" },
  password_reversed_username: { default: "contained", source: "assumed" },
  password_identity_ignores_case: { default: true, source: "assumed" },
  password_history: { default: 5, source: "assumed" },
  password_weak_list: {
    // Each has three classes of characters; a simpler one never gets this far.
    default: ["Passw0rd", "Password1", "Password123", "Qwerty123", "Abcd1234", "Abc12345", "Admin123", "Aa123456"],
    source: "assumed; never the documented sample P@ssw0rd",
  },
  password_weak_list_ignores_case: { default: true, source: "assumed" },
  empty_success: { default: "no-body", source: "documented; {} is seen in other systems" },
  default_language: { default: "en", source: "all printed examples are English" },
  magic_values: { default: false, source: "a convenience of this mock" },
};

export const policyKeys = Object.keys(assumptions) as PolicyKey[];

/** Throws for a key that no table of assumptions has. */
export function assertKnownKeys(policy: Partial<Policy>): void {
  const unknown = Object.keys(policy).find((key) => !Object.hasOwn(assumptions, key));
  if (unknown !== undefined) throw new Error(`policy has no "${unknown}"; it has ${policyKeys.join(", ")}`);
}

// One entry for each key of the table, whose type demands them all; fromEntries cannot know that.
const defaults = defaultsOf(assumptions) as unknown as Policy;

function defaultsOf(table: Readonly<Record<string, Assumption<unknown>>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(table).map(([key, assumption]) => [key, assumption.default]));
}

/** What a sandbox changed: for all dialects, and below a dialect's name for that one. */
export interface PolicyChanges {
  readonly all: Partial<Policy>;
  readonly dialects: Readonly<Record<string, Partial<Policy>>>;
}

export const UNCHANGED: PolicyChanges = { all: {}, dialects: {} };

/** A dialect's name, and where its defaults differ. */
export interface PolicyScope {
  readonly name: string;
  readonly policy?: Partial<Policy>;
  /** Keys that it has beyond the common ones. */
  readonly assumptions?: Readonly<Record<string, Assumption<unknown>>>;
}

const resolved = new WeakMap<PolicyChanges, Map<string, Policy>>();

/** The policy in force; without a scope, what holds for no dialect in particular. */
export function policyOf({ policy: changes }: { readonly policy: PolicyChanges }, scope?: PolicyScope): Policy {
  const name = scope?.name ?? "";
  const known = resolved.get(changes) ?? new Map<string, Policy>();
  resolved.set(changes, known);
  const policy = known.get(name) ?? {
    ...defaults,
    ...defaultsOf(scope?.assumptions ?? {}),
    ...scope?.policy,
    ...changes.all,
    ...changes.dialects[name],
  };
  known.set(name, policy);
  return policy;
}
