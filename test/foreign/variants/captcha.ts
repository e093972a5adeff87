/** Variants of captchas and their pass tokens. */
import { unsaid, type Variants } from "./variant.ts";

export const captchaVariants: Variants = {
  "an expired pass is forgotten": {
    does: "An expired pass token gets the code of an unknown one, CAPTCHA.0004.",
    because: "The page does not say which of its two codes means what.",
    options: {
      instead: {
        "captcha-token-expired": { code: "CAPTCHA.0004" },
        "captcha-token-unknown": { code: "CAPTCHA.0004" },
      },
    },
  },
  "a used pass is forgotten": {
    does: "A used pass token gets the code of an unknown one, CAPTCHA.0004.",
    because: "The page does not say which of its two codes means what.",
    options: { instead: { "captcha-token-used": { code: "CAPTCHA.0004" } } },
  },
  "a pass for any number": {
    does: "A pass token is valid for every number and address.",
    because: "The page requires the sender, but does not say what for.",
    options: unsaid({ captcha_token_bound: false }),
  },
  "half a pass is enough": {
    does: "Only the part of the pass token before --- counts.",
    because: "No page says that the second half is compared.",
    options: unsaid({ captcha_token_comparison: "first-part" }),
  },
  "an opaque pass": {
    does: "The pass token is a random text, without the captcha's token and the place.",
    because: "The form of the token is in a sample only.",
    options: { passToken: "opaque", instead: { "captcha-token-unknown": { code: "CAPTCHA.0004" } } },
  },
  "a failed sending uses up the pass": {
    does: "A pass token is used up as soon as it is checked, whatever is refused after it.",
    because: "No page says when a pass token is used up.",
    options: unsaid({ captcha_token_used_when_refused: true }),
  },
  "a captcha for several tries": {
    does: "A captcha stays open after a wrong place, and is closed by the right one.",
    because: "No page says that a captcha has one try.",
    options: { challengeUse: "solved" },
  },
  "y is not judged": {
    does: "Only x counts.",
    because: "The page says that y is fixed, and no error for another y.",
    options: { judgesY: false },
  },
  "an exact captcha": {
    does: "The place must be right to one pixel.",
    because: "No page has a tolerance.",
    options: unsaid({ captcha_tolerance_px: 1 }),
  },
  "a tolerant captcha": {
    does: "The place may be wrong by twelve pixels.",
    because: "No page has a tolerance.",
    options: unsaid({ captcha_tolerance_px: 12 }),
  },
  "a short-lived captcha": {
    does: "A captcha is open for 20 seconds, its pass token for 15.",
    because: "No page has a lifetime for either.",
    options: unsaid({ captcha_challenge_ttl_seconds: 20, captcha_token_ttl_seconds: 15 }),
  },
  "one code for a failed captcha": {
    does: "All mistakes of a captcha get CAPTCHA.0002.",
    because: "The page's example is CAPTCHA.0002, the rest of its table is not known.",
    options: {
      instead: {
        "place-missing": { code: "CAPTCHA.0002" },
        "challenge-missing": { code: "CAPTCHA.0002" },
        "sender-missing": { code: "CAPTCHA.0002" },
        "captcha-challenge-unknown": { code: "CAPTCHA.0002" },
      },
    },
  },
  "other codes for a captcha's parameters": {
    does: "A missing parameter of a captcha gets codes that no page has, with status 422.",
    because: "The page's table is not known as a whole.",
    options: {
      instead: {
        "verifyCaptcha place-missing": { code: "PARAM.0031", status: 422, en: "point_json is empty", zh: "坐标为空" },
        "verifyCaptcha challenge-missing": { code: "PARAM.0032", status: 422, en: "token is empty", zh: "标识为空" },
        "verifyCaptcha sender-missing": { code: "PARAM.0033", status: 422, en: "sender is empty", zh: "发送方为空" },
        "verifyCaptcha captcha-challenge-unknown": { code: "CAPTCHA.0011", status: 410, en: "Gone", zh: "已失效" },
      },
    },
  },
  "more fields with a captcha": {
    does: "A captcha and a pass token come with fields that no page has.",
    because: "The captcha's engine has more fields than the page shows. Clients ignore what they do not know.",
    options: { captchaExtras: true },
  },
};
