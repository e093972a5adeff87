/** Bugs in genauthSendSms and in how GenAuth reads a number. */
import type { Mutant } from "./mutant.ts";

const SEND = "dialects/genauth/send-sms.ts";
const CHANNELS = "dialects/genauth/channels.ts";
const PHONES = "dialects/genauth/phones.ts";
const CODES = "core/codes.ts";
const CATALOGUE = "spec/catalogue.gen.ts";

const requests: readonly Mutant[] = [
  {
    name: "a send without a number is reported as not found",
    file: CATALOGUE,
    find: '"statusCode": 400,\n      "message": {\n        "en": "phoneNumber is required"',
    put: '"statusCode": 404,\n      "message": {\n        "en": "phoneNumber is required"',
    kills: ["genauthSendSms/mobile-missing", "genauthSendSms/phone-number-left-out", "genauthSendSms/http-status-*"],
  },
  {
    name: "a send without a channel uses the login channel",
    file: SEND,
    find: '"scene-missing": { refuses: ({ body }) => missing("channel", body.channel) }',
    put: '"scene-missing": { refuses: ({ body }) => void (body.channel ||= "CHANNEL_LOGIN") }',
    kills: ["genauthSendSms/scene-missing", "genauthSendSms/channel-left-out"],
  },
  {
    name: "any channel name is accepted",
    file: CHANNELS,
    find: "Object.hasOwn(channels, name)",
    put: 'channels[""] !== name',
    kills: [
      "genauthSendSms/scene-unknown",
      "genauthSendSms/scenes-of-the-other-system",
      "genauthSendSms/refused-request-keeps-the-code",
    ],
  },
  {
    name: "a channel that is new in the SDK is unknown",
    file: CHANNELS,
    find: '  CHANNEL_IDENTITY_VERIFICATION: "sms",\n',
    put: "",
    kills: ["genauthSendSms/message-for-channel-identity-verification"],
  },
  {
    name: "a send to a malformed number succeeds",
    file: SEND,
    find: "canonicalPhone(body.phoneNumber, body.phoneCountryCode);",
    put: 'canonicalPhone(body.phoneNumber, body.phoneCountryCode) ?? "+86-10000000000";',
    kills: ["genauthSendSms/mobile-malformed", "genauthSendSms/malformed-*", "genauthSendSms/very-long-values"],
  },
  {
    name: "a gateway failure has HTTP status 500",
    file: "dialects/genauth/envelope.ts",
    find: "jsonResponse(httpStatus(statusCode, context), {",
    put: "jsonResponse(statusCode >= 500 ? statusCode : httpStatus(statusCode, context), {",
    kills: ["genauthSendSms/gateway-down"],
  },
];

const numbers: readonly Mutant[] = [
  {
    name: "a number without a country code is American",
    file: PHONES,
    find: 'const HOME_CODE = "+86";',
    put: 'const HOME_CODE = "+1";',
    kills: [
      "genauthSendSms/country-code-left-out",
      "genauthSendSms/interval-is-of-the-number",
      "*/new-country-code-left-out",
      "*/old-country-code-left-out",
      "*/had-number-without-country-code",
    ],
  },
  {
    name: "every number belongs to mainland China",
    file: PHONES,
    find: "const code = countryCode === undefined || countryCode === null ? HOME_CODE : textOf(countryCode);",
    put: "const code = countryCode === HOME_CODE ? textOf(countryCode) : HOME_CODE;",
    kills: ["genauth*/malformed-country-codes", "*/new-country-code-counts"],
  },
  {
    name: "other characters than digits in a number are ignored",
    file: PHONES,
    find: "const national = textOf(number);",
    put: 'const national = textOf(number)?.replace(/\\D/g, "");',
    kills: ["genauthSendSms/malformed-phone-numbers", "genauthVerifyUpdatePhoneRequest/malformed-numbers"],
  },
  {
    name: "a number is cut after its eleventh digit",
    file: PHONES,
    find: "const national = textOf(number);",
    put: "const national = textOf(number)?.slice(0, 11);",
    kills: [
      "genauthSendSms/very-long-values",
      "genauthSendSms/malformed-phone-numbers",
      "genauthVerifyUpdatePhoneRequest/very-long-values",
    ],
  },
];

const messages: readonly Mutant[] = [
  {
    name: "GenAuth returns success without sending a message",
    file: SEND,
    find: "sendCode(tx, {",
    put: "if (key.scene === key.receiver) sendCode(tx, {",
    kills: [
      "genauthSendSms/success",
      "genauthSendSms/message-for-*",
      "genauthSendSms/code-for-*",
      "genauthSendSms/country-code-left-out",
      "genauthGetProfile/flow-new-phone",
      "*/flow-known-to-both-systems",
      "*/flow-taken-by-the-other-system",
    ],
  },
  {
    name: "GenAuth sends each message twice",
    file: SEND,
    find: "    recordSending(tx, key, now);\n",
    put: `    recordSending(tx, key, now);
    sendCode(tx, { channel: "sms", key, policy, language, randomness: services.randomness, now });\n`,
    kills: ["genauthSendSms/message-for-*"],
  },
  {
    name: "a GenAuth message contains the next code",
    file: "core/messages.ts",
    find: "  const text = messageText(",
    put: `  const next = { code: code.concat("0"), expiresAt, now, policy };
  if (key.scene.startsWith("CHANNEL")) issueCode(tx, key, next);
  const text = messageText(`,
    kills: [
      "genauthSendSms/code-for-*",
      "genauthVerifyUpdatePhoneRequest/newer-sent-code-counts",
      "genauthGetProfile/flow-new-phone",
    ],
  },
];

const limits: readonly Mutant[] = [
  {
    name: "the interval of GenAuth is twice as long",
    file: "dialect-kit/send-checks.ts",
    find: "resendWait(context.tx, keyOf(context), context.policy, context.now)",
    put: "resendWait(context.tx, keyOf(context), { code_resend_seconds: 2 * context.policy.code_resend_seconds }, context.now)",
    kills: ["genauthSendSms/send-again-after-the-interval"],
  },
  {
    name: "a GenAuth message starts the interval of all channels",
    file: CODES,
    find: "sendingsFor(tx, key, policy.code_resend_scope).at(-1)",
    put: 'sendingsFor(tx, key, "receiver").findLast((sending) => sending.scene.startsWith("CHANNEL"))',
    kills: ["genauthSendSms/interval-is-per-scene"],
  },
  {
    name: "the GenAuth quota counts per country",
    file: SEND,
    find: 'receiver: receiverOf(context) ?? "",',
    put: 'receiver: (receiverOf(context) ?? "").split("-", 1)[0],',
    kills: ["genauthSendSms/interval-is-per-receiver"],
  },
  {
    name: "the day of GenAuth's quota has thirty hours",
    file: "core/clock.ts",
    find: "export const DAY_MS = 86_400_000;",
    put: "export const DAY_MS = 108_000_000;",
    kills: ["genauthSendSms/send-again-after-a-day"],
  },
];

export const genauthSendingMutants: readonly Mutant[] = [...requests, ...numbers, ...messages, ...limits];
