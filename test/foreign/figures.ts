/** The values of the policy, under the names of the control protocol, and how a change of them is judged. */
import * as policy from "./policy.ts";

/** The spellings of a mainland number: plain is 13800000000, joined has +86, dashed has +86 and a dash. */
export type Spelling = "plain" | "joined" | "dashed";

export interface Figures {
  readonly code_length: number;
  readonly code_ttl_seconds: number;
  readonly code_resend_seconds: number;
  readonly code_resend_scope: "scene" | "receiver";
  readonly code_daily_limit: number;
  readonly code_daily_limit_scope: "scene" | "receiver";
  readonly code_max_attempts: number;
  readonly code_supersedes: boolean;
  readonly pinned_code: string | null;
  readonly code_used_when_refused: boolean;
  readonly bearer_required: boolean;
  readonly token_without_bearer: "invalid" | "missing";
  readonly deleted_account_token: "unknown-user" | "invalid-token";
  readonly update_pwd_requires_area_code: boolean;
  readonly send_to_unknown: "silent" | "fail" | "send";
  readonly unverified_mobile: "distinct" | "no-live-code" | "as-wrong-code";
  readonly mobile_spellings: readonly Spelling[];
  readonly login_registers: boolean;
  readonly login_number_errors: "distinct" | "as-wrong-code";
  readonly captcha_challenge_ttl_seconds: number;
  readonly captcha_token_ttl_seconds: number;
  readonly captcha_tolerance_px: number;
  readonly captcha_token_bound: boolean;
  readonly captcha_token_comparison: "whole" | "first-part";
  readonly captcha_token_used_when_refused: boolean;
  readonly id_token_ttl_seconds: number;
  readonly session_token_ttl_seconds: number;
  readonly password_min_length: number;
  readonly password_max_length: number;
  readonly password_min_classes: number;
  readonly password_max_repeat: number;
  readonly password_repeat_counting: "run" | "total";
  readonly password_reversed_username: "contained" | "equal";
  readonly password_identity_ignores_case: boolean;
  readonly password_history: number;
  readonly password_weak_list: readonly string[];
  readonly password_weak_list_ignores_case: boolean;
  readonly default_language: "en" | "zh";
  readonly update_phone_token_ttl_seconds: number;
  readonly genauth_http_status: "always-200" | "mirror";
  readonly genauth_new_phone_channels: readonly string[];
  readonly genauth_old_phone_channels: readonly string[];
  readonly genauth_require_old_phone: boolean;
}

/** No interval, no quota and no limit of attempts. */
export const UNLIMITED: Figures = {
  code_length: policy.CODE_DIGITS,
  code_ttl_seconds: policy.CODE_TTL_SECONDS,
  code_resend_seconds: 0,
  code_resend_scope: "scene",
  code_daily_limit: 10_000,
  code_daily_limit_scope: "receiver",
  code_max_attempts: 10_000,
  code_supersedes: false,
  pinned_code: null,
  code_used_when_refused: false,
  bearer_required: true,
  token_without_bearer: "invalid",
  deleted_account_token: "unknown-user",
  update_pwd_requires_area_code: true,
  send_to_unknown: "fail",
  unverified_mobile: "as-wrong-code",
  mobile_spellings: ["plain", "joined", "dashed"],
  login_registers: false,
  login_number_errors: "distinct",
  captcha_challenge_ttl_seconds: policy.CHALLENGE_TTL_SECONDS,
  captcha_token_ttl_seconds: policy.PASS_TTL_SECONDS,
  captcha_tolerance_px: policy.CAPTCHA_TOLERANCE_PX,
  captcha_token_bound: true,
  captcha_token_comparison: "whole",
  captcha_token_used_when_refused: false,
  id_token_ttl_seconds: policy.ID_TOKEN_TTL_SECONDS,
  session_token_ttl_seconds: policy.SESSION_TTL_SECONDS,
  password_min_length: policy.PASSWORD_MIN_LENGTH,
  password_max_length: policy.PASSWORD_MAX_LENGTH,
  password_min_classes: policy.PASSWORD_MIN_CLASSES,
  password_max_repeat: policy.PASSWORD_MAX_REPEAT,
  password_repeat_counting: "run",
  password_reversed_username: "contained",
  password_identity_ignores_case: true,
  password_history: policy.PASSWORD_HISTORY,
  password_weak_list: policy.WEAK_PASSWORDS,
  password_weak_list_ignores_case: true,
  default_language: policy.DEFAULT_LANGUAGE,
  update_phone_token_ttl_seconds: policy.UPDATE_PHONE_TTL_SECONDS,
  genauth_http_status: "always-200",
  genauth_new_phone_channels: ["CHANNEL_BIND_PHONE"],
  genauth_old_phone_channels: ["CHANNEL_UNBIND_PHONE", "CHANNEL_IDENTITY_VERIFICATION"],
  genauth_require_old_phone: true,
};

/** What the documents of one system say. GenAuth sends one message a minute for each number and channel. */
const OF_ONE_SYSTEM: Readonly<Record<string, Partial<Figures>>> = { genauth: { code_resend_seconds: 60 } };

/** The figures of the whole backend, so that every limit can be reached. */
export const LIMITED: Figures = {
  ...UNLIMITED,
  code_resend_seconds: 45,
  code_daily_limit: 7,
  code_max_attempts: 4,
  code_supersedes: true,
  send_to_unknown: "silent",
  unverified_mobile: "distinct",
};

const DIALECTS: readonly string[] = ["bamboocloud", "genauth"];

type Values = Readonly<Record<string, unknown>>;

/** The policy of one sandbox: what was changed for both systems, and for each of them. */
export class Policy {
  readonly #defaults: Figures;
  readonly #changed: Record<string, Record<string, unknown>> = { "": {}, bamboocloud: {}, genauth: {} };

  /** Of each system, until something is changed. */
  readonly #current = new Map<string, Figures>();

  constructor(defaults: Figures) {
    this.#defaults = defaults;
  }

  of(dialect: "bamboocloud" | "genauth"): Figures {
    const known = this.#current.get(dialect);
    if (known !== undefined) return known;
    const figures = { ...this.#defaults, ...OF_ONE_SYSTEM[dialect], ...this.#changed[""], ...this.#changed[dialect] };
    this.#current.set(dialect, figures);
    return figures;
  }

  /** Changes some keys; null restores a default. Returns what is wrong, and then changes nothing. */
  change(patch: Values): string | undefined {
    const parts = Object.entries(patch).flatMap(([key, value]) =>
      DIALECTS.includes(key)
        ? Object.entries(Object(value)).map((entry) => [key, ...entry] as const)
        : [["", key, value] as const],
    );
    if (parts.length === 0) return "the patch is empty";
    const wrong = parts.find(([, key, value]) => !fits(key, value));
    if (wrong !== undefined) return `${wrong[1]} is unknown, or has a value that is not allowed`;
    this.#current.clear();
    for (const [dialect, key, value] of parts) {
      const place = this.#changed[dialect] ?? {};
      if (value === null) delete place[key];
      else place[key] = value;
    }
    return undefined;
  }

  /** The values for both systems, and below the name of a system those that differ there. */
  stated(keys: readonly string[] | null, unstated: Readonly<Record<string, true>>): object {
    const isStated = ([key]: readonly [string, unknown]) =>
      (keys === null || keys.includes(key)) && !Object.hasOwn(unstated, key);
    const chosen = (values: object) => Object.fromEntries(Object.entries(values).filter(isStated));
    const changed = Object.keys(this.#changed[""] ?? {});
    const ofOne = (dialect: string) =>
      Object.fromEntries(Object.entries(OF_ONE_SYSTEM[dialect] ?? {}).filter(([key]) => !changed.includes(key)));
    const own = DIALECTS.map((dialect) => [dialect, chosen({ ...ofOne(dialect), ...this.#changed[dialect] })] as const);
    const differing = own.filter(([, values]) => Object.keys(values).length > 0);
    return { ...chosen({ ...this.#defaults, ...this.#changed[""] }), ...Object.fromEntries(differing) };
  }
}

const WORDS: Readonly<Record<string, readonly unknown[]>> = {
  code_resend_scope: ["scene", "receiver"],
  code_daily_limit_scope: ["scene", "receiver"],
  token_without_bearer: ["invalid", "missing"],
  deleted_account_token: ["unknown-user", "invalid-token"],
  send_to_unknown: ["silent", "fail", "send"],
  unverified_mobile: ["distinct", "no-live-code", "as-wrong-code"],
  login_number_errors: ["distinct", "as-wrong-code"],
  captcha_token_comparison: ["whole", "first-part"],
  password_repeat_counting: ["run", "total"],
  password_reversed_username: ["contained", "equal"],
  default_language: ["en", "zh"],
  genauth_http_status: ["always-200", "mirror"],
};

function fits(key: string, value: unknown): boolean {
  if (!Object.hasOwn(UNLIMITED, key)) return false;
  if (value === null) return true;
  if (key === "pinned_code") return typeof value === "string" && /^\S{1,32}$/.test(value);
  const words = WORDS[key];
  if (words !== undefined) return words.includes(value);
  const usual = UNLIMITED[key as keyof Figures];
  if (Array.isArray(usual)) return Array.isArray(value) && value.every((one) => typeof one === "string");
  return typeof value === "number" ? typeof usual === "number" && value >= 0 : typeof value === typeof usual;
}
