/** Variants of the order of checks, and of status, code and text where no page prints them. */
import type { Instead, Order } from "../options.ts";
import type { Variant, Variants } from "./variant.ts";

function order(does: string, wanted: Order): Variant {
  return { does, because: "No page says in which order the checks come.", options: { order: wanted } };
}

/** Refusals of the senders that no page prints, or whose meaning no page tells. */
const SENDING = ["receiver-undeliverable", "area-code-missing", "receiver-unknown", "send-too-soon", "send-quota-used"];

function sending(instead: Instead): Readonly<Record<string, Instead>> {
  return Object.fromEntries(SENDING.map((cause) => [cause, instead]));
}

/** Refusals of a code for which no page prints an error of its own. */
const CODES = ["code-superseded", "code-used", "code-expired", "code-exhausted"];

function codes(instead: Instead): Readonly<Record<string, Instead>> {
  return Object.fromEntries(CODES.map((cause) => [cause, instead]));
}

const NOT_PRINTED = "No page prints an error for this, so none prints its code, status or text.";

export const refusalVariants: Variants = {
  "checks in reverse": order("The checks come in reverse order.", "reversed"),
  "checks shuffled once": order("The checks come in a random order.", 11),
  "checks shuffled twice": order("The checks come in another random order.", 1789),
  "the token first": order("The token is checked before the parameters.", "token-first"),
  "the token last": order("The token is checked after everything else.", "token-last"),
  "the device last": order("The device is checked after everything else.", "device-last"),
  "the code first": order("The code is checked before the parameters.", "code-first"),
  "429 for too many messages": {
    does: "A sender that is asked too often answers 429.",
    because: NOT_PRINTED,
    options: { instead: { "send-too-soon": { status: 429 }, "send-quota-used": { status: 429 } } },
  },
  "throttling with a code of its own": {
    does: "A sender that is asked too often answers with a code that no page has, and says how long to wait.",
    because: NOT_PRINTED,
    options: {
      instead: sending({ code: "CAPTCHA.0021", en: "Not now, wait a little", zh: "发送过于频繁,请稍候" }),
    },
  },
  "422 for receivers": {
    does: "A sender refuses a malformed receiver with 422, and an unknown one with 404.",
    because: NOT_PRINTED,
    options: {
      instead: {
        "receiver-undeliverable": { status: 422, code: "USER.0020" },
        "area-code-missing": { status: 422, code: "USER.0020" },
        "receiver-unknown": { status: 404, code: "USER.0001" },
      },
    },
  },
  "its own code for expired codes": {
    does: "Expired, used, replaced and locked codes get a code that no page has.",
    because: NOT_PRINTED,
    options: { instead: codes({ code: "CAPTCHA.0009", en: "The code is not valid any more", zh: "验证码已失效" }) },
  },
  "403 for dead codes": {
    does: "Expired, used, replaced and locked codes get status 403.",
    because: NOT_PRINTED,
    options: { instead: codes({ status: 403 }) },
  },
  "429 for too many attempts": {
    does: "A locked code gets 429.",
    because: NOT_PRINTED,
    options: { instead: { "code-exhausted": { status: 429, code: "CAPTCHA.0010", en: "Locked", zh: "验证码已锁定" } } },
  },
  "404 for accounts": {
    does: "A deleted or unknown account gets status 404.",
    because: "The pages print the code, but not for this cause.",
    options: { instead: { "account-gone": { status: 404 }, "account-unknown": { status: 404 } } },
  },
  "401 at the login": {
    does: "A login with an unknown or malformed number gets 401.",
    because: "The page's only example is a wrong code.",
    options: {
      instead: {
        "loginByMobileCode account-unknown": { status: 401, code: "USER.0002", en: "Unknown", zh: "账号不存在" },
        "loginByMobileCode mobile-malformed": { status: 401 },
      },
    },
  },
  "409 for a number without a message": {
    does: "A new number that got no code is refused with 409.",
    because: "The page prints MOBILE.0002 without saying when it comes.",
    options: { instead: { "mobile-unverified": { status: 409 } } },
  },
  "missing receivers as parameters": {
    does: "A missing new number or address, and a missing address of a sender, get 422 and codes that no page has.",
    because: NOT_PRINTED,
    options: {
      instead: {
        "new-mobile-missing": { status: 422, code: "PARAM.0041", en: "mobile is missing", zh: "缺少手机号" },
        "new-email-missing": { status: 422, code: "PARAM.0042", en: "email is missing", zh: "缺少邮箱" },
        "sendEmail email-missing": { status: 422, code: "PARAM.0042", en: "email is missing", zh: "缺少邮箱" },
      },
    },
  },
};
