/** Why a request is refused, in the words of openapi.yaml where it has one, and the code for it. */
import type { CodeMistake } from "./codes.ts";
import type { PasswordMistake } from "./passwords.ts";
import type { ErrorCode } from "./texts.ts";

export type Cause =
  | "device-incomplete"
  | "client-missing"
  | "client-unknown"
  | "body-malformed"
  | "body-unsupported"
  | "field-unknown"
  | "throttled"
  | "place-missing"
  | "challenge-missing"
  | "sender-missing"
  | "captcha-challenge-unknown"
  | "captcha-place-wrong"
  | "mobile-missing"
  | "email-missing"
  | "scene-missing"
  | "captcha-token-missing"
  | "captcha-token-unknown"
  | "captcha-token-altered"
  | "captcha-token-foreign"
  | "captcha-token-used"
  | "captcha-token-expired"
  | "scene-unknown"
  | "receiver-undeliverable"
  | "area-code-missing"
  | "receiver-unknown"
  | "send-too-soon"
  | "send-quota-used"
  | "gateway-down"
  | "code-missing"
  | CodeMistake
  | "mobile-unverified"
  | "mobile-malformed"
  | "account-unknown"
  | "account-gone"
  | "account-without-mobile"
  | "id-token-missing"
  | "id-token-invalid"
  | "id-token-expired"
  | "new-mobile-missing"
  | "new-email-missing"
  | "email-malformed"
  | "mobile-own"
  | "mobile-taken"
  | "email-own"
  | "email-taken"
  | "password-missing"
  | PasswordMistake;

export interface Refusal {
  readonly cause: Cause;
  /** The values in the text. */
  readonly params?: readonly unknown[];
}

export const CODES: Readonly<Record<Cause, ErrorCode>> = {
  "device-incomplete": "PARAM.0001",
  "client-missing": "PARAM.0002",
  "client-unknown": "PARAM.0003",
  "body-malformed": "HTTP.0400",
  "body-unsupported": "HTTP.0415",
  "field-unknown": "HTTP.0400",
  throttled: "HTTP.0429",
  "place-missing": "PARAM.0004",
  "challenge-missing": "PARAM.0005",
  "sender-missing": "PARAM.0006",
  "captcha-challenge-unknown": "CAPTCHA.0001",
  "captcha-place-wrong": "CAPTCHA.0002",
  "mobile-missing": "USER.0004",
  "email-missing": "USER.0005",
  "scene-missing": "PARAM.0007",
  "captcha-token-missing": "PARAM.0008",
  // A token that was never issued counts as expired.
  "captcha-token-unknown": "CAPTCHA.0003",
  "captcha-token-altered": "CAPTCHA.0004",
  "captcha-token-foreign": "CAPTCHA.0004",
  "captcha-token-used": "CAPTCHA.0003",
  "captcha-token-expired": "CAPTCHA.0003",
  "scene-unknown": "CAPTCHA.0005",
  "receiver-undeliverable": "CAPTCHA.0006",
  "area-code-missing": "CAPTCHA.0006",
  "receiver-unknown": "CAPTCHA.0006",
  "send-too-soon": "CAPTCHA.0006",
  "send-quota-used": "CAPTCHA.0006",
  "gateway-down": "CAPTCHA.0006",
  "code-missing": "PARAM.0009",
  "code-unknown": "CAPTCHA.0007",
  "code-wrong": "CAPTCHA.0007",
  "code-superseded": "CAPTCHA.0007",
  "code-used": "CAPTCHA.0007",
  "code-expired": "CAPTCHA.0007",
  "code-exhausted": "CAPTCHA.0007",
  "mobile-unverified": "MOBILE.0002",
  "mobile-malformed": "USER.0020",
  "account-unknown": "USER.0001",
  "account-gone": "USER.0001",
  "account-without-mobile": "USER.0004",
  "id-token-missing": "PARAM.0015",
  "id-token-invalid": "PARAM.0016",
  "id-token-expired": "PARAM.0016",
  "new-mobile-missing": "USER.0004",
  "new-email-missing": "USER.0005",
  "email-malformed": "USER.0021",
  "mobile-own": "USER.0035",
  "mobile-taken": "USER.0035",
  "email-own": "USER.0036",
  "email-taken": "USER.0036",
  "password-missing": "USER.0006",
  "password-used-before": "PWD.0001",
  "password-reversed-username": "PWD.0002",
  "password-contains-identity": "PWD.0003",
  "password-too-simple": "PWD.0004",
  "password-weak": "PWD.0005",
  "password-repeats": "PWD.0006",
  "password-length": "PWD.0007",
};

/** The page of the password calls prints no error for a bad token: such a caller has no number, or no account. */
export const PASSWORD_TOKEN_CODES: Partial<Readonly<Record<Cause, ErrorCode>>> = {
  "id-token-missing": "USER.0004",
  "id-token-invalid": "USER.0004",
  "id-token-expired": "USER.0001",
};
