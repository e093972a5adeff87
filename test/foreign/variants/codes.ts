/** Variants of verification codes: their form, their life, and how often they are sent. */
import { unsaid, type Variants } from "./variant.ts";

export const codeVariants: Variants = {
  "a shown code is used up": {
    does: "A right code is used up by the request that shows it, even if the request is refused for another reason.",
    because: "The pages do not say when a code is used up.",
    options: unsaid({ code_used_when_refused: true }),
  },
  "one message a minute per number": {
    does: "The interval between two messages counts per number, in all scenes together.",
    because: "No page has an interval, so none says what it counts.",
    options: {
      ...unsaid({ code_resend_scope: "receiver" }),
      figures: { code_resend_scope: "receiver", code_resend_seconds: 60 },
    },
  },
  "a daily quota per scene": {
    does: "The daily quota counts the messages of each scene to one number by itself.",
    because: "No page has a quota, so none says what it counts.",
    options: unsaid({ code_daily_limit_scope: "scene" }),
  },
  "the quota ends at midnight": {
    does: "The daily quota counts from midnight in UTC.",
    because: "No page has a quota, so none says what a day is.",
    options: { day: "calendar" },
  },
  "unverified without a live code": {
    does: "MOBILE.0002 comes whenever no code of the number is alive: none was sent, or all are used, expired or locked.",
    because: "The page prints MOBILE.0002 without saying when it comes.",
    options: unsaid({ unverified_mobile: "no-live-code" }),
  },
  "unverified is a wrong code": {
    does: "A number without any code gets CAPTCHA.0007, as for a wrong code.",
    because: "The page prints MOBILE.0002 without saying when it comes.",
    options: unsaid({ unverified_mobile: "as-wrong-code" }),
  },
  "older codes stay valid": {
    does: "A new code does not replace the code before it.",
    because: "No page says that it does.",
    options: unsaid({ code_supersedes: false }),
  },
  "the same code again": {
    does: "A second message has the same code while that code is valid.",
    because: "No page says that each message has a new code.",
    options: { sendsSameAgain: true, unstated: { code_supersedes: true } },
  },
  "attempts per number": {
    does: "Wrong attempts count per number and scene, whatever codes are sent, until the right code comes.",
    because: "No page has a limit of attempts.",
    options: { attemptsPer: "receiver", unstated: { code_max_attempts: true } },
  },
  "one attempt": {
    does: "One wrong attempt locks a code.",
    because: "No page has a limit of attempts.",
    options: unsaid({ code_max_attempts: 1 }),
  },
  "no limits": {
    does: "There is no interval, no quota, and no limit of attempts.",
    because: "No page has one.",
    options: unsaid({ code_resend_seconds: 0, code_daily_limit: 10_000, code_max_attempts: 10_000 }),
  },
  "four digits": {
    does: "A sent code has four digits.",
    because: "One page shows four digits, others show six. None states a length.",
    options: { figures: { code_length: 4 } },
  },
  "capital letters": {
    does: "A sent code has capital letters and digits.",
    because: "The pages show digits only in samples.",
    options: { alphabet: "ABCDEFGHJKLMNPQRSTUVWXYZ23456789" },
  },
  "short-lived codes": {
    does: "A code is valid for 30 seconds.",
    because: "No page has a lifetime for codes.",
    options: unsaid({ code_ttl_seconds: 30, code_resend_seconds: 20 }),
  },
  "codes to strangers": {
    does: "A code for an account is sent to a number that no account has, all the same.",
    because: "No page says what the sender does with an unknown number.",
    options: unsaid({ send_to_unknown: "send" }),
  },
  "strangers are refused": {
    does: "A code for an account is refused for a number that no account has.",
    because: "No page says what the sender does with an unknown number.",
    options: unsaid({ send_to_unknown: "fail" }),
  },
  "no area code needed": {
    does: "UPDATE_PWD_SMS takes a number without its area code.",
    because: "The page asks for the area code, and prints no error without it.",
    options: unsaid({ update_pwd_requires_area_code: false }),
  },
  "messages under way": {
    does: "A message arrives some milliseconds after the response of its sender.",
    because: "Messages take time, and the control protocol can wait for them.",
    options: { deliveryMs: 8, longestWaitSeconds: 0.5 },
  },
  "planted codes of its own": {
    does: "A planted code is one of the backend's own, whatever code the call asks for.",
    because: "The control protocol returns the planted code.",
    options: { plantsGivenCodes: false },
  },
};
