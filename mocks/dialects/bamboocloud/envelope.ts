/** Writes Bamboocloud's responses: 200 with JSON or without a body, and 400 with `{error_code, error_msg}`. */
import type { Language } from "../../core/records.ts";
import type { Envelope, Param } from "../../dialect-kit/operation.ts";
import { jsonResponse, type PlainResponse } from "../../http/message.ts";
import { type CheckId, type Wording, wording } from "../../spec/index.ts";

export const envelope: Envelope = {
  success(payload, { policy }) {
    if (payload !== undefined) return jsonResponse(200, payload);
    return policy.empty_success === "empty-object" ? jsonResponse(200, {}) : { status: 200, headers: {}, body: "" };
  },
  failure(check, params, { language }) {
    if (params.length > 0) return refusal(check, params, language);
    const known = withoutParams[language].get(check) ?? fixed(refusal(check, params, language));
    withoutParams[language].set(check, known);
    return known;
  },
};

/** The refusals without params: they are always the same, so each is written once. */
const withoutParams: Readonly<Record<Language, Map<CheckId, PlainResponse>>> = { en: new Map(), zh: new Map() };

/** Many requests get the same response, so no caller may change it. */
function fixed(response: PlainResponse): PlainResponse {
  Object.freeze(response.headers);
  return Object.freeze(response);
}

function refusal(check: CheckId, params: readonly Param[], language: Language): PlainResponse {
  const { status, error_code, error_msg } = wordingOf(check);
  return jsonResponse(status, { error_code, error_msg: fill(error_msg[language], params, language) });
}

export function errorCode(check: CheckId): string {
  return wordingOf(check).error_code;
}

export function texts(check: CheckId): Readonly<Record<Language, string>> {
  return wordingOf(check).error_msg;
}

function wordingOf(check: CheckId): Wording<"bamboocloud"> {
  return wording("bamboocloud", check);
}

function fill(text: string, params: readonly Param[], language: Language): string {
  return text.replace(/\{(\d)\}/g, (placeholder, index) => {
    const param = params[index];
    return String(typeof param === "object" ? param[language] : (param ?? placeholder));
  });
}
