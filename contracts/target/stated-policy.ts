/**
 * The policy of a target: the numbers that the documents leave open. Without a stated policy, a case can only assume
 * them.
 */
import type { PolicyValues } from "./target.ts";

/** The assumed policy for a target that states none. A case that fails on it is a finding. */
const ASSUMED = {
  code_ttl_seconds: 300,
  code_resend_seconds: 60,
  code_resend_scope: "scene",
  code_daily_limit: 10,
  code_daily_limit_scope: "receiver",
  code_max_attempts: 5,
  code_supersedes: true,
  code_used_when_refused: false,
  bearer_required: true,
  token_without_bearer: "invalid",
  deleted_account_token: "unknown-user",
  update_pwd_requires_area_code: true,
  send_to_unknown: "silent",
  unverified_mobile: "distinct",
  identifier_hold_seconds: 0,
  mobile_spellings: ["plain", "joined", "dashed"],
  login_registers: false,
  login_number_errors: "distinct",
  captcha_challenge_ttl_seconds: 120,
  captcha_token_ttl_seconds: 180,
  captcha_tolerance_px: 5,
  captcha_token_bound: true,
  captcha_token_comparison: "whole",
  captcha_token_used_when_refused: false,
  id_token_ttl_seconds: 7_200,
  password_min_length: 8,
  password_max_length: 18,
  password_min_classes: 3,
  password_max_repeat: 3,
  password_repeat_counting: "run",
  password_reversed_username: "contained",
  password_identity_ignores_case: true,
  password_weak_list_ignores_case: true,
  password_history: 5,
  empty_success: "no-body",
  genauth_require_app_id: true,
  update_phone_token_ttl_seconds: 60,
  genauth_http_status: "always-200",
  genauth_require_old_phone: true,
  genauth_new_phone_channels: ["CHANNEL_BIND_PHONE"],
  genauth_old_phone_channels: ["CHANNEL_UNBIND_PHONE"],
} as const;

export type PolicyKey = keyof typeof ASSUMED;
/** Wide types, because a target may state any value of these kinds. */
type PolicyFigure<K extends PolicyKey> = (typeof ASSUMED)[K] extends boolean
  ? boolean
  : (typeof ASSUMED)[K] extends string
    ? string
    : (typeof ASSUMED)[K] extends readonly string[]
      ? readonly string[]
      : number;

export interface StatedPolicy {
  /** The stated value of the target for the dialect, or the assumed one. */
  figure<K extends PolicyKey>(key: K): PolicyFigure<K>;
  /** Whether the target states this value. */
  states(key: PolicyKey): boolean;
}

export function statedPolicy(values: PolicyValues | undefined, dialect: string): StatedPolicy {
  const own = values?.[dialect] as PolicyValues | undefined;
  const stated = (key: PolicyKey) => own?.[key] ?? values?.[key];
  const states = (key: PolicyKey) => typeof stated(key) === typeof ASSUMED[key];
  return {
    states,
    figure: <K extends PolicyKey>(key: K) => (states(key) ? stated(key) : ASSUMED[key]) as PolicyFigure<K>,
  };
}
