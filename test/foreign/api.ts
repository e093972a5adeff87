/** The API's front: finds the operation of a request, checks the common headers, writes refusals. */
import { getCaptcha, sendEmail, sendSms, verifyCaptcha } from "./captcha.ts";
import { type Call, fieldsOf, type HttpResponse } from "./http-values.ts";
import type { ApiCall, Operation } from "./operation.ts";
import { changePassword } from "./password.ts";
import { DEFAULT_LANGUAGE } from "./policy.ts";
import { loginByMobileCode, updateEmail, updateMobile } from "./profile.ts";
import type { World } from "./state.ts";
import { type ErrorCode, errorBody, type Language } from "./texts.ts";

const BASE = "/api/v2/sdk/";

const operations: Readonly<Record<string, { readonly method: string; readonly operation: Operation }>> = {
  captcha: { method: "GET", operation: getCaptcha },
  "captcha/verify": { method: "POST", operation: verifyCaptcha },
  "sms/send": { method: "POST", operation: sendSms },
  "email/send": { method: "POST", operation: sendEmail },
  "login/mobile-verify-code": { method: "POST", operation: loginByMobileCode },
  "profile/update-mobile": { method: "POST", operation: updateMobile },
  "profile/update-email": { method: "POST", operation: updateEmail },
  "pwd/update-by-mobile": { method: "POST", operation: changePassword },
};

export function respondToApi(call: Call, world: World): HttpResponse {
  const language = languageOf(call);
  const refusal = (code: ErrorCode, status = 400): HttpResponse => ({ status, body: errorBody(code, language) });

  const name = call.path.startsWith(BASE) ? call.path.slice(BASE.length) : "";
  const found = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (found === undefined) return refusal("HTTP.0404", 404);
  if (found.method !== call.method) return { ...refusal("HTTP.0405", 405), headers: { allow: found.method } };
  if (call.body === undefined) return refusal("HTTP.0413", 413);
  const wrongHeader = headerMistake(call, world);
  if (wrongHeader !== undefined) return refusal(wrongHeader);
  const fields = found.method === "POST" ? fieldsOf(call.body) : {};
  if (fields === undefined) return refusal("HTTP.0400");

  const outcome = found.operation(apiCall(call, language, fields), world);
  if ("refused" in outcome) return refusal(outcome.refused);
  return { status: 200, ...outcome };
}

/** The application first, then the device: the documents state no order. */
function headerMistake(call: Call, world: World): ErrorCode | undefined {
  const client = call.header("x-client-id");
  if (client === undefined) return "PARAM.0002";
  if (client !== world.clientId) return "PARAM.0003";
  const device = ["x-operating-sys-version", "x-device-fingerprint", "x-agent"];
  return device.every((name) => call.header(name) !== undefined) ? undefined : "PARAM.0001";
}

function languageOf(call: Call): Language {
  const wanted = call.header("x-l")?.toLowerCase() ?? "";
  if (wanted.startsWith("en")) return "en";
  return wanted.startsWith("zh") ? "zh" : DEFAULT_LANGUAGE;
}

function apiCall(call: Call, language: Language, fields: Readonly<Record<string, unknown>>): ApiCall {
  return {
    language,
    authorization: call.header("authorization"),
    field(name) {
      const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
      return typeof value === "string" && value.trim() !== "" ? value : undefined;
    },
  };
}
