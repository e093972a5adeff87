/** Writes GenAuth's responses: always HTTP 200, with `{statusCode, message, apiCode, requestId, data}`. */
import type { Language } from "../../core/records.ts";
import type { Envelope, RequestContext } from "../../dialect-kit/operation.ts";
import { jsonResponse } from "../../http/message.ts";
import { type CheckId, type Wording, wording } from "../../spec/index.ts";
import { policyOf } from "./policy.ts";

const DONE: Readonly<Record<Language, string>> = { en: "Operation successful", zh: "操作成功" };

export const envelope: Envelope = {
  /** The page mentions requestId for failures only, but each of its samples of a success has one. */
  success: (payload, { language, requestId }) =>
    jsonResponse(200, {
      statusCode: 200,
      message: DONE[language],
      requestId: requestId(),
      ...(payload === undefined ? {} : { data: payload }),
    }),
  failure(check, _params, context) {
    const { statusCode, message, ...rest } = wordingOf(check);
    return jsonResponse(httpStatus(statusCode, context), {
      statusCode,
      message: message[context.language],
      ...("apiCode" in rest ? { apiCode: rest.apiCode } : {}),
      requestId: context.requestId(),
    });
  },
};

/** The statusCode, followed by a slash and the apiCode if there is one. */
export function errorCode(check: CheckId): string {
  const { statusCode, ...rest } = wordingOf(check);
  return "apiCode" in rest ? `${statusCode}/${rest.apiCode}` : String(statusCode);
}

export function texts(check: CheckId): Readonly<Record<Language, string>> {
  return wordingOf(check).message;
}

function wordingOf(check: CheckId): Wording<"genauth"> {
  return wording("genauth", check);
}

function httpStatus(statusCode: number, context: RequestContext): number {
  return policyOf(context).genauth_http_status === "mirror" ? statusCode : 200;
}
