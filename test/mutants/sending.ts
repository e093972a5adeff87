/** Bugs in sendSms and sendEmail: required fields, receivers and sent messages. */
import { askedFirst, both, WALK } from "./both-channels.ts";
import type { Mutant } from "./mutant.ts";
import { sendLimitMutants } from "./send-limits.ts";
import { sendTokenMutants } from "./send-tokens.ts";

const SENDING = "dialects/bamboocloud/sending.ts";
const SEND_SMS = "dialects/bamboocloud/send-sms.ts";
const SEND_EMAIL = "dialects/bamboocloud/send-email.ts";
const TOKEN = "dialects/bamboocloud/captcha-token.ts";
const SCENES = "dialects/bamboocloud/scenes.ts";
const CHECKS = "spec/operations.gen.ts";
const HANDLE = "engine/handle.ts";

const fields: readonly Mutant[] = [
  {
    name: "a send without a number is refused for its pass token",
    file: SEND_SMS,
    find: '{ refuses: ({ body }) => missing("mobile", body.mobile) }',
    put: "{ refuses: () => undefined }",
    kills: ["sendSms/mobile-missing", "sendSms/mobile-left-out"],
  },
  {
    name: "a send without an address is refused for its pass token",
    file: SEND_EMAIL,
    find: '{ refuses: ({ body }) => missing("email", body.email) }',
    put: "{ refuses: () => undefined }",
    kills: ["sendEmail/email-missing", "sendEmail/email-left-out"],
  },
  {
    name: "a missing scene is reported as unknown",
    file: SENDING,
    find: 'missing("type", body.type)',
    put: "undefined",
    kills: both("scene-missing", "type-left-out"),
  },
  {
    name: "a missing pass token is reported as unknown",
    file: TOKEN,
    find: 'missing("captcha_token", body.captcha_token)',
    put: "undefined",
    kills: both("captcha-token-missing", "captcha-token-left-out", "captcha-token-missing-before-scene-unknown"),
  },
  {
    name: "the missing number is reported after the scene",
    file: CHECKS,
    find: '"mobile-missing",\n      "scene-missing",\n      "captcha-token-missing",',
    put: '"scene-missing",\n      "mobile-missing",\n      "captcha-token-missing",',
    kills: ["sendSms/mobile-missing-before-scene-missing"],
  },
  {
    name: "the missing address is reported after the scene",
    file: CHECKS,
    find: '"email-missing",\n      "scene-missing",',
    put: '"scene-missing",\n      "email-missing",',
    kills: ["sendEmail/email-missing-before-scene-missing"],
  },
  {
    name: "the missing pass token is reported before anything else",
    file: HANDLE,
    find: WALK,
    put: askedFirst("captcha-token-missing"),
    kills: both("scene-missing-before-captcha-token-missing"),
  },
];

const receivers: readonly Mutant[] = [
  {
    name: "any scene is accepted",
    file: SCENES,
    find: "Object.hasOwn(scenes, name) && scenes[name] === channel",
    put: "name.length > 0",
    kills: [...both("scene-unknown", "scene-of-other-channel"), "sendSms/scenes-of-sibling-product"],
  },
  {
    name: "a scene of the other channel is accepted",
    file: SCENES,
    find: "Object.hasOwn(scenes, name) && scenes[name] === channel",
    put: "Object.hasOwn(scenes, name)",
    kills: both("scene-of-other-channel"),
  },
  {
    name: "the scenes of the employee API are accepted",
    file: SCENES,
    find: 'REGISTER_SMS: "sms",',
    put: 'REGISTER_SMS: "sms", CHANGE_PWD_SMS: "sms", MFA_AUTH_SMS: "sms",',
    kills: ["sendSms/scenes-of-sibling-product"],
  },
  {
    name: "a send to an undeliverable receiver succeeds",
    file: SENDING,
    find: "if (canonical(context) !== undefined) return undefined;",
    put: "if (canonical(context) !== null) return undefined;",
    kills: both("receiver-undeliverable"),
  },
  {
    name: "the receiver is checked before the scene",
    file: HANDLE,
    find: WALK,
    put: askedFirst("receiver-undeliverable"),
    kills: both("scene-unknown-before-receiver-undeliverable"),
  },
  {
    name: "UPDATE_PWD_SMS accepts a number without its area code",
    file: SEND_SMS,
    find: 'if (parseMobile(body.mobile)?.spelling !== "plain") return undefined;',
    put: "if (parseMobile(body.mobile)) return undefined;",
    kills: ["sendSms/area-code-missing"],
  },
  {
    name: "a send to an unknown receiver succeeds silently under any policy",
    file: SENDING,
    find: 'context.policy.send_to_unknown !== "fail" ||',
    put: "context.policy.code_length > 0 ||",
    kills: both("receiver-unknown"),
  },
  {
    name: "a send to an unknown receiver is refused under any policy",
    file: SENDING,
    find: 'context.policy.send_to_unknown !== "fail" ||',
    put: "",
    kills: ["sendSms/number-of-nobody", "sendEmail/address-of-nobody"],
  },
  {
    name: "a send to an unknown receiver delivers a message",
    file: SENDING,
    find: 'if (policy.send_to_unknown !== "send" && lacksAccount(context)) return;',
    put: "",
    kills: ["sendSms/number-of-nobody", "sendEmail/address-of-nobody"],
  },
];

const messages: readonly Mutant[] = [
  {
    name: "every message is sent twice",
    file: "core/messages.ts",
    find: 'tx.append("messages", {',
    put: 'for (const _ of "12") tx.append("messages", {',
    kills: both("success", "message-for-*"),
  },
  {
    name: "the response to a send has the lifetime of the code",
    file: SENDING,
    find: "sendCode(tx, { channel, key, policy, language, randomness: services.randomness, now });",
    put: "return { expire: policy.code_ttl_seconds };",
    kills: both("success"),
  },
  {
    name: "a message contains another code than the stored one",
    file: "core/messages.ts",
    find: "issueCode(tx, key, { code, expiresAt, now, policy });",
    put: 'issueCode(tx, key, { code: code.slice(1) + "x", expiresAt, now, policy });',
    kills: both("code-for-*"),
  },
  {
    name: "a code is stored without normalising the receiver",
    file: SENDING,
    find: "sendCode(tx, { channel, key,",
    put: "sendCode(tx, { channel, key: { ...key, receiver: String(receiverOf(context)) },",
    kills: ["sendSms/number-forms", "sendEmail/address-forms"],
  },
  {
    name: "a gateway failure is reported as an unknown scene",
    file: "spec/catalogue.gen.ts",
    find: '"gateway-down": {\n      "status": 400,\n      "error_code": "IDAAS.SDK.CAPTCHA.0006"',
    put: '"gateway-down": {\n      "status": 400,\n      "error_code": "IDAAS.SDK.CAPTCHA.0005"',
    kills: both("gateway-down"),
  },
  {
    name: "a gateway failure is not reported",
    file: "engine/faults.ts",
    find: "if (fault.check !== undefined) return {",
    put: 'if (fault.check !== undefined && fault.check !== "gateway-down") return {',
    kills: both("gateway-down"),
  },
];

export const sendingMutants: readonly Mutant[] = [
  ...fields,
  ...sendTokenMutants,
  ...receivers,
  ...messages,
  ...sendLimitMutants,
];
