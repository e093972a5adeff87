/** Variants of GenAuth, whose page of errors leaves nearly everything open. */
import type { Instead } from "../options.ts";
import { unsaid, type Variants } from "./variant.ts";

const OPEN = "The documents print no error for this.";

const CODE_CAUSES = [
  "code-unknown",
  "code-wrong",
  "code-superseded",
  "code-used",
  "code-expired",
  "code-exhausted",
  "old-code-wrong",
  "old-code-expired",
];

function forEach(causes: readonly string[], instead: Instead): Readonly<Record<string, Instead>> {
  return Object.fromEntries(causes.map((cause) => [`genauth ${cause}`, instead]));
}

export const genauthVariants: Variants = {
  "a missing app is unknown": {
    does: "A request without an app id gets 404 with apiCode 2011.",
    because: OPEN,
    options: { instead: { "genauth client-missing": { status: 404, apiCode: 2011 } } },
  },
  "no app id needed": {
    does: "A request needs no app id: the access token tells the application.",
    because: "No page says that the header is required.",
    options: { genauth: { missingApp: "not-needed" } },
  },
  "any channel proves a number": {
    does: "The code of any channel proves a number.",
    because: "The documents name no channel for a change of number.",
    options: { genauth: { checksNewChannel: false } },
  },
  "any channel at all": {
    does: "A sender takes channels that no page has, if their name begins as the others do.",
    because: "The SDK lists channels, and does not check them.",
    options: { genauth: { checksChannel: false } },
  },
  "statusCode as HTTP status": {
    does: "The HTTP status is the statusCode.",
    because: "The page says 200 unless stated otherwise.",
    options: unsaid({ genauth_http_status: "mirror" }),
  },
  "no old number": {
    does: "The old number needs no proof.",
    because: "The proof is a setting of the system.",
    options: unsaid({ genauth_require_old_phone: false }),
  },
  "other channels": {
    does: "A new number is proven by CHANNEL_COMPLETE_PHONE, the old one by CHANNEL_IDENTITY_VERIFICATION.",
    because: "The documents name no channel for a change of number.",
    options: unsaid({
      genauth_new_phone_channels: ["CHANNEL_COMPLETE_PHONE"],
      genauth_old_phone_channels: ["CHANNEL_IDENTITY_VERIFICATION"],
    }),
  },
  "one channel for both numbers": {
    does: "Both numbers are proven by CHANNEL_BIND_PHONE.",
    because: "The documents name no channel for a change of number.",
    options: unsaid({
      genauth_new_phone_channels: ["CHANNEL_BIND_PHONE"],
      genauth_old_phone_channels: ["CHANNEL_BIND_PHONE"],
    }),
  },
  "a token for five minutes": {
    does: "The token that changes a number is valid for five minutes.",
    because: "The documents give no lifetime.",
    options: unsaid({ update_phone_token_ttl_seconds: 300 }),
  },
  "no request ids": {
    does: "No response has a requestId.",
    because: "The field is optional.",
    options: { genauth: { requestId: "never" } },
  },
  "request ids of failures": {
    does: "Only a refusal has a requestId, and a success has no message.",
    because: "The page says that a failed request has one.",
    options: { genauth: { requestId: "failures", successMessage: "" } },
  },
  "data of a change": {
    does: "A change returns data with success.",
    because: "The SDK declares it, and the page does not show it.",
    options: { genauth: { updateData: true } },
  },
  "data of null": {
    does: "A success without data has data with the value null.",
    because: "Frameworks write null for an absent value.",
    options: { genauth: { nullData: true } },
  },
  "tokens without Bearer": {
    does: "An access token comes alone, as the SDK sends it.",
    because: "No page has Bearer.",
    options: { genauth: { scheme: "raw" } },
  },
  "always Chinese": {
    does: "All messages are Chinese.",
    because: "No page has a header for the language.",
    options: { genauth: { language: "zh" } },
  },
  "always English": {
    does: "All messages are English.",
    because: "No page has a header for the language.",
    options: { genauth: { language: "en" } },
  },
  "the area code in the number": {
    does: "The field phoneNumber may have its area code.",
    because: "The page gives the form, and no error for another.",
    options: { genauth: { areaCodeInNumber: true } },
  },
  "odd area codes are ignored": {
    does: "An area code that is not a text counts as absent.",
    because: "The field is optional, and no page says what a wrong type gets.",
    options: { genauth: { oddAreaCode: "ignored" } },
  },
  "a whole profile": {
    does: "A profile has optional fields as well.",
    because: "The page lists them.",
    options: { genauth: { wholeProfile: true } },
  },
  "no apiCode for codes": {
    does: "A wrong code gets 400 without an apiCode.",
    because: OPEN,
    options: { instead: forEach(CODE_CAUSES, { status: 400, apiCode: null }) },
  },
  "403 for wrong codes": {
    does: "A wrong code gets 403 with an apiCode of its own.",
    because: OPEN,
    options: { instead: forEach(CODE_CAUSES, { status: 403, apiCode: 2777 }) },
  },
  "499 for tokens of a change": {
    does: "A bad token of a change gets 499 with apiCode 2888.",
    because: OPEN,
    options: {
      instead: forEach(
        [
          "update-token-unknown",
          "update-token-foreign",
          "update-token-used",
          "update-token-expired",
          "update-token-missing",
        ],
        { status: 499, apiCode: 2888 },
      ),
    },
  },
  "other refusals of numbers": {
    does: "Own, taken and mismatched numbers get 400 with apiCodes of their own.",
    because: OPEN,
    options: {
      instead: {
        "genauth mobile-own": { status: 400, apiCode: 2901 },
        "genauth mobile-taken": { status: 400, apiCode: 2902 },
        "genauth old-mobile-mismatch": { status: 400, apiCode: 2903 },
        "genauth old-mobile-missing": { status: 403, apiCode: 2904 },
        "genauth mobile-malformed": { status: 499, apiCode: 2905 },
      },
    },
  },
  "throttling with an apiCode": {
    does: "Too many messages get 499 with apiCode 2999.",
    because: OPEN,
    options: {
      instead: {
        "genauth send-too-soon": { status: 499, apiCode: 2999 },
        "genauth send-quota-used": { status: 499, apiCode: 2999 },
      },
    },
  },
};
