/** What each policy key does, for docs/reference/policy.md. A module of its own, so that a page with the mock does not load it. */
import type { PolicyKey } from "./policy.ts";

export const policyDescriptions: Readonly<Record<PolicyKey, string>> = {
  code_length: "Number of digits of a code.",
  code_ttl_seconds: "Lifetime of a code, in seconds.",
  code_resend_seconds: "Least time between two messages of one scene to one receiver, in seconds.",
  code_daily_limit: "Most messages to one receiver within any 24 hours.",
  code_max_attempts: "Number of wrong attempts after which a code stops working.",
  code_supersedes: "`true`: a new code disables the older codes of the same receiver and scene.",
  pinned_code: "When set, every new code has this value.",
  bearer_required: "`true`: `Authorization` must begin with `Bearer `.",
  update_pwd_requires_area_code:
    "`true`: scene `UPDATE_PWD_SMS` needs a number with its area code, such as `+86-13800000000`.",
  send_to_unknown:
    "When a scene needs an account and the receiver has none: `silent` succeeds and sends nothing, `fail` returns an error.",
  unverified_mobile:
    "When an account changes to a number that never got a code: `distinct` returns `MOBILE.0002`, `as-wrong-code` returns the error of a wrong code.",
  captcha_challenge_ttl_seconds: "Lifetime of a captcha, in seconds.",
  captcha_token_ttl_seconds: "Lifetime of a captcha token, in seconds.",
  captcha_tolerance_px: "Largest accepted distance from the gap, in pixels. 310 accepts every position.",
  id_token_ttl_seconds: "Lifetime of an id_token and of an access_token, in seconds.",
  session_token_ttl_seconds: "Lifetime of a session_token, in seconds.",
  password_min_length: "Least number of characters of a password.",
  password_max_length: "Greatest number of characters of a password.",
  password_min_classes:
    "Least number of character classes in a password. The classes are upper case, lower case, digits and special characters.",
  password_max_repeat: "Longest allowed run of one character in a password.",
  password_history: "Number of passwords that cannot be set again, the current one included.",
  password_weak_list: "Passwords that are rejected as weak, in upper or lower case.",
  default_language: "Language of the texts when a request names none: `en` or `zh`.",
  magic_values: "`true`: numbers and addresses with certain endings always get a certain error.",
};
