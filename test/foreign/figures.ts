/** The values of the policy, under the names of the control protocol, and how a change of them is judged. */
import * as policy from "./policy.ts";

export interface Figures {
  readonly code_length: number;
  readonly code_ttl_seconds: number;
  readonly code_resend_seconds: number;
  readonly code_daily_limit: number;
  readonly code_max_attempts: number;
  readonly code_supersedes: boolean;
  readonly pinned_code: string | null;
  readonly bearer_required: boolean;
  readonly update_pwd_requires_area_code: boolean;
  readonly send_to_unknown: "silent" | "fail";
  readonly unverified_mobile: "distinct" | "as-wrong-code";
  readonly captcha_challenge_ttl_seconds: number;
  readonly captcha_token_ttl_seconds: number;
  readonly captcha_tolerance_px: number;
  readonly id_token_ttl_seconds: number;
  readonly session_token_ttl_seconds: number;
  readonly password_min_length: number;
  readonly password_max_length: number;
  readonly password_min_classes: number;
  readonly password_max_repeat: number;
  readonly password_history: number;
  readonly password_weak_list: readonly string[];
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
  code_daily_limit: 10_000,
  code_max_attempts: 10_000,
  code_supersedes: false,
  pinned_code: null,
  bearer_required: true,
  update_pwd_requires_area_code: true,
  send_to_unknown: "fail",
  unverified_mobile: "as-wrong-code",
  captcha_challenge_ttl_seconds: policy.CHALLENGE_TTL_SECONDS,
  captcha_token_ttl_seconds: policy.PASS_TTL_SECONDS,
  captcha_tolerance_px: policy.CAPTCHA_TOLERANCE_PX,
  id_token_ttl_seconds: policy.ID_TOKEN_TTL_SECONDS,
  session_token_ttl_seconds: policy.SESSION_TTL_SECONDS,
  password_min_length: policy.PASSWORD_MIN_LENGTH,
  password_max_length: policy.PASSWORD_MAX_LENGTH,
  password_min_classes: policy.PASSWORD_MIN_CLASSES,
  password_max_repeat: policy.PASSWORD_MAX_REPEAT,
  password_history: policy.PASSWORD_HISTORY,
  password_weak_list: policy.WEAK_PASSWORDS,
  default_language: policy.DEFAULT_LANGUAGE,
  update_phone_token_ttl_seconds: policy.UPDATE_PHONE_TTL_SECONDS,
  genauth_http_status: "always-200",
  genauth_new_phone_channels: ["CHANNEL_BIND_PHONE"],
  genauth_old_phone_channels: ["CHANNEL_UNBIND_PHONE", "CHANNEL_IDENTITY_VERIFICATION"],
  genauth_require_old_phone: true,
};

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

  constructor(defaults: Figures) {
    this.#defaults = defaults;
  }

  of(dialect: "bamboocloud" | "genauth"): Figures {
    return { ...this.#defaults, ...this.#changed[""], ...this.#changed[dialect] };
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
    for (const [dialect, key, value] of parts) {
      const place = this.#changed[dialect] ?? {};
      if (value === null) delete place[key];
      else place[key] = value;
    }
    return undefined;
  }

  /** The values for both systems, and below the name of a system those that differ there. */
  stated(keys: readonly string[] | null, unstated: readonly string[]): object {
    const isStated = ([key]: readonly [string, unknown]) =>
      (keys === null || keys.includes(key)) && !unstated.includes(key);
    const chosen = (values: object) => Object.fromEntries(Object.entries(values).filter(isStated));
    const own = DIALECTS.map((dialect) => [dialect, chosen(this.#changed[dialect] ?? {})] as const);
    const differing = own.filter(([, values]) => Object.keys(values).length > 0);
    return { ...chosen({ ...this.#defaults, ...this.#changed[""] }), ...Object.fromEntries(differing) };
  }
}

const WORDS: Readonly<Record<string, readonly unknown[]>> = {
  send_to_unknown: ["silent", "fail"],
  unverified_mobile: ["distinct", "as-wrong-code"],
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
