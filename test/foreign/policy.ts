/** What the documents leave open, decided differently from the mock. Knows nothing of the API. */

export const CLIENT_ID = "foreign-app-7c1e";
/** With `codes: "fixed"`: valid for every receiver and scene, any number of times, sent or not. */
export const FIXED_CODE = "000000";

/** An older code stays valid beside a newer one; there is no limit on tries, no interval between sends, no quota. */
export const CODE_DIGITS = 8;
export const CODE_TTL_SECONDS = 600;

export const ID_TOKEN_TTL_SECONDS = 3600;
export const SESSION_TTL_SECONDS = 86_400;
/** Of the token that changes a phone number. */
export const UPDATE_PHONE_TTL_SECONDS = 90;

export const CHALLENGE_TTL_SECONDS = 300;
export const PASS_TTL_SECONDS = 240;
export const CAPTCHA_TOLERANCE_PX = 3;

export const PASSWORD_MIN_LENGTH = 8;
export const PASSWORD_MAX_LENGTH = 18;
export const PASSWORD_MIN_CLASSES = 3;
export const PASSWORD_MAX_REPEAT = 4;
/** How many of the last passwords count as used, including the current one. */
export const PASSWORD_HISTORY = 3;
/** In lower case. */
export const WEAK_PASSWORDS: readonly string[] = [
  "abcd1234",
  "admin@123",
  "iloveyou1",
  "password1",
  "password123",
  "qwerty123",
  "qwerty123!",
  "welcome@1",
];

export const DEFAULT_LANGUAGE = "zh";
export const MAX_BODY_BYTES = 32 * 1024;
