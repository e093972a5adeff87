/** Variants of the control protocol: parts that a test build does not have, or spells differently. */
import { CAPABILITIES, type Capability, type Options } from "../options.ts";
import type { Variant, Variants } from "./variant.ts";

/** The same operations, but for those that a backend does not have. */
const WITHOUT_EMAIL = [
  "getCaptcha",
  "verifyCaptcha",
  "sendSms",
  "loginByMobileCode",
  "updateMobile",
  "updatePasswordByMobile",
  "resetPasswordByMobile",
];

const PARTIAL = "The control protocol is offered in part, as its description says.";

function lacks(...missing: readonly Capability[]): Variant {
  return {
    does: `The control protocol has no ${missing.join(" and no ")}.`,
    because: PARTIAL,
    options: { capabilities: CAPABILITIES.filter((name) => !missing.includes(name)) },
  };
}

function refuses(does: string, controlRefusals: Readonly<Record<string, number>>, more: Options = {}): Variant {
  const because = "A 400, 404 or 501 to one value means that the target does not offer it.";
  return { does, because, options: { controlRefusals, ...more } };
}

export const controlVariants: Variants = {
  "no codes, and no e-mail": {
    does: "No codes can be planted, and the description claims no operation for e-mail.",
    because: PARTIAL,
    options: { ...lacks("codes").options, operations: WITHOUT_EMAIL, dialects: ["bamboocloud"] },
  },
  "no planted codes": lacks("codes"),
  "no messages": lacks("messages"),
  "no sandboxes": lacks("sandboxes"),
  "no clock": lacks("clock"),
  "no clock and no planted codes": lacks("clock", "codes"),
  "no faults": lacks("faults"),
  "no policy": lacks("policy"),
  "no pass tokens": lacks("captcha-tokens"),
  "no captcha solutions": lacks("captcha-answer"),
  "no captchas at all": lacks("captcha-answer", "captcha-tokens"),
  "no accounts to read": lacks("account-read"),
  "no password check": lacks("password-check"),
  "no tokens": lacks("tokens"),
  "no accounts": lacks("accounts", "account-read", "password-check", "tokens"),
  "only Bamboocloud": {
    does: "It has no operations of GenAuth.",
    because: "A target has the systems that its description names.",
    options: { dialects: ["bamboocloud"] },
  },
  "one policy key is refused": refuses("What a sender does with an unknown number cannot be changed: 400.", {
    "policy send_to_unknown": 400,
  }),
  "policy keys are unknown": refuses("The policy has no key for the weak list and for old phone numbers: 404.", {
    "policy password_weak_list": 404,
    "policy genauth_require_old_phone": 404,
    "policy code_supersedes": 404,
  }),
  "one policy value is refused": refuses("Only one value of send_to_unknown can be set, the others get 501.", {
    "policy send_to_unknown=fail": 501,
    "policy genauth_http_status=mirror": 501,
  }),
  "one fault is refused": refuses("The gateway cannot be made to fail: 400.", {
    "fault gateway-down": 400,
    "fault IDAAS.SDK.CAPTCHA.0006": 400,
    "fault 500": 400,
  }),
  "no faults of senders": refuses("Senders have no faults: 501.", {
    "fault sendSms": 501,
    "fault sendEmail": 501,
    "fault genauthSendSms": 404,
  }),
  "no expired tokens": refuses("A token that is expired already cannot be made: 501.", { "expired tokens": 501 }),
  "nothing expired": refuses("Nothing can be made that is expired already: 501.", {
    "expired tokens": 501,
    "expired codes": 501,
    "expired captcha-tokens": 501,
  }),
  "a policy to read only": {
    does: "The policy can be read. A change gets 501.",
    because: "A 501 means that the target does not offer the call.",
    options: { policyCanChange: false, notOffered: 501 },
  },
  "three keys stated": {
    does: "The policy states three keys, and cannot be changed.",
    because: "A target states what it knows. The suite may assume the rest, and may not fail anyone for it.",
    options: {
      stated: ["code_ttl_seconds", "password_min_length", "password_max_length"],
      policyCanChange: false,
    },
  },
  "nothing stated": {
    does: "The policy states no key, but takes changes.",
    because: "A target states what it knows.",
    options: { stated: [] },
  },
  "every code the same, and not said": {
    does: "One constant code is right everywhere, any number of times. The description does not say so.",
    because: "Test environments have such a code, and code_semantics is optional.",
    options: { saidCodes: null, fixedCode: "000000" },
  },
  "every sent code the same, and not said": {
    does: "All codes that are sent are equal. Each works once. The description does not say so.",
    because: "Test environments pin their codes, and code_semantics is optional.",
    options: { saidCodes: null, figures: { pinned_code: "246810" } },
  },
  "ids with odd characters": {
    does: "The id of an account has a slash, a question mark, blanks and Chinese characters.",
    because: "An id is any text.",
    options: { accountIds: "odd" },
  },
  "numbers with a dash in control calls": {
    does: "Control calls write numbers as +86-15201657312.",
    because: "A number has any form that the API takes.",
    options: { shownNumbers: "dashed" },
  },
  "numbers with a plus in control calls": {
    does: "Control calls write numbers as +8615201657312.",
    because: "A number has any form that the API takes.",
    options: { shownNumbers: "joined" },
  },
  "addresses in lower case in control calls": {
    does: "Control calls write addresses in lower case.",
    because: "Addresses are compared in lower case.",
    options: { shownAddresses: "lower" },
  },
};
