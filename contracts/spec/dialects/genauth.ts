/**
 * The codec of GenAuth: `x-authing-app-id`, the bare access token, and `{statusCode, message, apiCode}` with HTTP
 * status 200.
 */
import { type DialectCodec, isSuccess } from "./codec.ts";

export const genauth: DialectCodec = {
  clientIdHeader: "x-authing-app-id",
  languageHeader: "x-authing-lang",
  languages: { en: "en-US", zh: "zh-CN" },
  authorization: (accessToken) => accessToken,
  documented({ statusCode, apiCode, message }) {
    const { en, zh } = (message ?? {}) as Readonly<Record<string, unknown>>;
    const code = codeOf(Number(statusCode), apiCode);
    return { code, status: 200, mirroredStatus: Number(statusCode), en: String(en), zh: String(zh) };
  },
  succeeded: (response, json) => isSuccess(response) && envelopeOf(json).statusCode === 200,
  refusalOf(_answer, json) {
    const { statusCode, apiCode, message } = envelopeOf(json);
    if (typeof statusCode !== "number" || statusCode === 200) return undefined;
    return { code: codeOf(statusCode, apiCode), text: String(message), ownStatus: statusCode };
  },
};

interface GenauthEnvelope {
  readonly statusCode?: unknown;
  readonly apiCode?: unknown;
  readonly message?: unknown;
}

function envelopeOf(json: unknown): GenauthEnvelope {
  return typeof json === "object" && json !== null ? json : {};
}

/** The response has an apiCode only for a business error. */
function codeOf(statusCode: number, apiCode: unknown): string {
  return apiCode === undefined || apiCode === null ? String(statusCode) : `${statusCode}/${apiCode}`;
}
