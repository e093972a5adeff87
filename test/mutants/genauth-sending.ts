/** Bugs in genauthSendSms: what is sent where, for which channel, and how often; and in how GenAuth reads a number. */
import type { Mutant } from "./mutant.ts";

const SEND = "dialects/genauth/send-sms.ts";
const CHANNELS = "dialects/genauth/channels.ts";
const PHONES = "dialects/genauth/phones.ts";
const CODES = "core/codes.ts";
const CATALOGUE = "spec/catalogue.gen.ts";

const requests: readonly Mutant[] = [
  {
    name: "a message without a number is not found",
    file: CATALOGUE,
    find: '"statusCode": 400,\n      "message": {\n        "en": "phoneNumber is required"',
    put: '"statusCode": 404,\n      "message": {\n        "en": "phoneNumber is required"',
    kills: ["genauthSendSms/mobile-missing", "genauthSendSms/phone-number-left-out", "genauthSendSms/http-status-*"],
  },
  {
    name: "a message without a channel is for signing in",
    file: SEND,
    find: '"scene-missing": { refuses: ({ body }) => missing("channel", body.channel) }',
    put: '"scene-missing": { refuses: ({ body }) => void (body.channel ||= "CHANNEL_LOGIN") }',
    kills: ["genauthSendSms/scene-missing", "genauthSendSms/channel-left-out"],
  },
  {
    name: "whatever is called a channel is one",
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
    name: "a channel that is new in the SDK is not known yet",
    file: CHANNELS,
    find: '  CHANNEL_IDENTITY_VERIFICATION: "sms",\n',
    put: "",
    kills: ["genauthSendSms/message-for-channel-identity-verification"],
  },
  {
    name: "a message to what is no number goes to the switchboard",
    file: SEND,
    find: "canonicalPhone(body.phoneNumber, body.phoneCountryCode);",
    put: 'canonicalPhone(body.phoneNumber, body.phoneCountryCode) ?? "+86-10000000000";',
    kills: ["genauthSendSms/mobile-malformed", "genauthSendSms/malformed-*", "genauthSendSms/very-long-values"],
  },
  {
    name: "a gateway that is down has 500 for the status of HTTP",
    file: "dialects/genauth/envelope.ts",
    find: "jsonResponse(httpStatus(statusCode, context), {",
    put: "jsonResponse(statusCode >= 500 ? statusCode : httpStatus(statusCode, context), {",
    kills: ["genauthSendSms/gateway-down"],
  },
];

const numbers: readonly Mutant[] = [
  {
    name: "a number without its country code is an American one",
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
    name: "every number is one of mainland China",
    file: PHONES,
    find: "const code = countryCode === undefined || countryCode === null ? HOME_CODE : textOf(countryCode);",
    put: "const code = countryCode === HOME_CODE ? textOf(countryCode) : HOME_CODE;",
    kills: ["genauth*/malformed-country-codes", "*/new-country-code-counts"],
  },
  {
    name: "what is no digit of a number is overlooked",
    file: PHONES,
    find: "const national = textOf(number);",
    put: 'const national = textOf(number)?.replace(/\\D/g, "");',
    kills: ["genauthSendSms/malformed-phone-numbers", "genauthVerifyUpdatePhoneRequest/malformed-numbers"],
  },
  {
    name: "a number is cut at its eleventh digit",
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
    name: "GenAuth says that a message has gone out, and sends none",
    file: SEND,
    find: "await sendCode(tx, {",
    put: "if (key.scene === key.receiver) await sendCode(tx, {",
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
    find: "    await recordSending(tx, key, now);\n",
    put: `    await recordSending(tx, key, now);
    await sendCode(tx, { channel: "sms", key, policy, language, randomness: services.randomness, now });\n`,
    kills: ["genauthSendSms/message-for-*"],
  },
  {
    name: "a message of GenAuth shows the code that comes next",
    file: "core/messages.ts",
    find: "  const text = messageText(",
    put: `  const next = { code: code.concat("0"), expiresAt, now, policy };
  if (key.scene.startsWith("CHANNEL")) await issueCode(tx, key, next);
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
    name: "the interval of GenAuth ends when it has passed twice",
    file: "dialect-kit/send-checks.ts",
    find: "resendWait(context.tx, keyOf(context), context.policy, context.now)",
    put: "resendWait(context.tx, keyOf(context), { code_resend_seconds: 2 * context.policy.code_resend_seconds }, context.now)",
    kills: ["genauthSendSms/send-again-after-the-interval"],
  },
  {
    name: "a message of GenAuth begins the interval of all channels",
    file: CODES,
    find: "findLast((sending) => sending.scene === key.scene)",
    put: 'findLast((sending) => sending.scene.startsWith("CHANNEL"))',
    kills: ["genauthSendSms/interval-is-per-scene"],
  },
  {
    name: "a message of GenAuth counts for the country that it goes to",
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
