/** Bugs in the Bamboocloud codec: headers, language, envelope. */
import type { Mutant } from "./mutant.ts";

const HEADERS = "dialects/bamboocloud/headers.ts";
const ENVELOPE = "dialects/bamboocloud/envelope.ts";
const HANDLE = "engine/handle.ts";

const headers: readonly Mutant[] = [
  {
    name: "X-operating-sys-version may be left out",
    file: HEADERS,
    find: '["x-operating-sys-version", "x-device-fingerprint", "x-agent"]',
    put: '["x-device-fingerprint", "x-agent"]',
    kills: ["*/x-operating-sys-version-left-out"],
  },
  {
    name: "X-device-fingerprint may be left out",
    file: HEADERS,
    find: '["x-operating-sys-version", "x-device-fingerprint", "x-agent"]',
    put: '["x-operating-sys-version", "x-agent"]',
    kills: ["*/x-device-fingerprint-left-out", "*/device-incomplete"],
  },
  {
    name: "X-agent may be left out",
    file: HEADERS,
    find: '["x-operating-sys-version", "x-device-fingerprint", "x-agent"]',
    put: '["x-operating-sys-version", "x-device-fingerprint"]',
    kills: ["*/x-agent-left-out"],
  },
  {
    name: "a device header may be blank",
    file: HEADERS,
    find: "headerOf(headers, name) === undefined",
    put: "headers[name] === undefined",
    kills: ["*/x-operating-sys-version-left-out", "*/x-device-fingerprint-left-out", "*/x-agent-left-out"],
  },
  {
    name: "a missing client id is reported as an unknown application",
    file: HEADERS,
    find: 'context.clientId === undefined ? "the header X-client-id is absent or blank" : undefined',
    put: "undefined",
    kills: ["*/client-missing", "*/x-client-id-left-out"],
  },
  {
    name: "an unknown application gets the default sandbox",
    file: HEADERS,
    find: "context.clientKnown ? undefined",
    put: "context.clientId !== undefined ? undefined",
    kills: ["*/client-unknown"],
  },
  {
    name: "the device headers are checked after the application",
    file: HANDLE,
    find: "for (const name of entry.checks) {",
    put: "for (const name of [...entry.checks.slice(1), ...entry.checks.slice(0, 1)]) {",
    kills: ["*/device-incomplete-before-client-missing"],
  },
];

const languages: readonly Mutant[] = [
  {
    name: "every refusal is in English",
    file: ENVELOPE,
    find: "error_msg[language]",
    put: "error_msg.en",
    kills: ["*/device-incomplete", "*/client-missing", "*/client-unknown"],
  },
  {
    name: "every refusal is in Chinese",
    file: ENVELOPE,
    find: "error_msg[language]",
    put: "error_msg.zh",
    kills: ["*/device-incomplete", "*/client-missing", "*/client-unknown"],
  },
  {
    name: "only X-L zh-CN selects Chinese",
    file: HEADERS,
    find: 'wanted === "zh" || wanted === "en" ? wanted',
    put: 'headerOf(headers, "x-l") === "zh-CN" ? "zh" : wanted === "en" ? wanted',
    kills: ["*/device-incomplete", "*/client-unknown"],
  },
  {
    name: "X-L is required",
    file: HEADERS,
    find: "const DEVICE_HEADERS = [",
    put: 'const DEVICE_HEADERS = ["x-l", ',
    kills: ["getCaptcha/language-not-told", "sendSms/language-not-told", "update*/language-not-told"],
  },
  {
    name: "an unsupported language is refused as an incomplete device",
    file: HEADERS,
    find: "return missing.length === 0 ?",
    put: 'return missing.length === 0 && ["en", "zh", undefined].includes(headerOf(headers, "x-l")) ?',
    kills: ["*/language-unknown"],
  },
];

const envelope: readonly Mutant[] = [
  {
    name: "a refusal has an undocumented field",
    file: ENVELOPE,
    find: "{ error_code, error_msg: fill(",
    put: '{ request_id: "1", error_code, error_msg: fill(',
    kills: ["*/form", "*/device-incomplete", "*/client-missing", "*/client-unknown"],
  },
  {
    name: "a refusal has no text",
    file: ENVELOPE,
    find: "{ error_code, error_msg: fill(error_msg[language], params, language) }",
    put: "{ error_code }",
    kills: ["*/form", "*/device-incomplete", "*/client-missing", "*/client-unknown"],
  },
  {
    name: "the fields of a refusal are named code and message",
    file: ENVELOPE,
    find: "{ error_code, error_msg: fill(error_msg[language], params, language) }",
    put: "{ code: error_code, message: fill(error_msg[language], params, language) }",
    kills: ["*/device-incomplete", "*/client-missing", "*/client-unknown"],
  },
  {
    name: "an error code has no prefix",
    file: ENVELOPE,
    find: "{ error_code, error_msg: fill(",
    put: '{ error_code: error_code.replace("IDAAS.SDK.", ""), error_msg: fill(',
    kills: ["*/form", "*/device-incomplete", "*/client-missing", "*/client-unknown"],
  },
  {
    name: "refusals have status 422",
    file: ENVELOPE,
    find: "jsonResponse(status, {",
    put: "jsonResponse(422, {",
    kills: ["*/device-incomplete", "*/client-missing", "*/client-unknown"],
  },
  {
    name: "a token error has status 401",
    file: ENVELOPE,
    find: "jsonResponse(status, {",
    put: 'jsonResponse(check.startsWith("id-token-") ? 401 : status, {',
    kills: ["*/id-token-missing", "*/id-token-invalid", "*/id-token-expired"],
  },
  {
    name: "success without a body has status 204",
    file: ENVELOPE,
    find: '{ status: 200, headers: {}, body: "" }',
    put: '{ status: 204, headers: {}, body: "" }',
    kills: ["send*/form", "update*/form", "resetPasswordByMobile/form"],
  },
  {
    name: "a success without a payload returns an empty object",
    file: ENVELOPE,
    find: '{ status: 200, headers: {}, body: "" }',
    put: "jsonResponse(200, {})",
    kills: ["send*/form", "update*/form", "resetPasswordByMobile/form"],
  },
  {
    name: "success with a body has status 201",
    file: ENVELOPE,
    find: "jsonResponse(200, payload)",
    put: "jsonResponse(201, payload)",
    kills: ["getCaptcha/form", "verifyCaptcha/form", "loginByMobileCode/form"],
  },
];

export const wireMutants: readonly Mutant[] = [...headers, ...languages, ...envelope];
