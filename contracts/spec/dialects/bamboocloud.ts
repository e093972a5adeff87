/** The codec of Bamboocloud: `X-client-id`, `X-L`, `Bearer`, and refusals as `{error_code, error_msg}`. */
import { type DialectCodec, isSuccess } from "./codec.ts";

export const bamboocloud: DialectCodec = {
  clientIdHeader: "X-client-id",
  languageHeader: "X-L",
  languages: { en: "en", zh: "zh" },
  authorization: (idToken) => `Bearer ${idToken}`,
  documented({ status, error_code, error_msg }) {
    const { en, zh } = (error_msg ?? {}) as Readonly<Record<string, unknown>>;
    return {
      code: String(error_code),
      status: Number(status),
      mirroredStatus: undefined,
      en: String(en),
      zh: String(zh),
    };
  },
  succeeded: (response, json) => isSuccess(response) && bamboocloud.refusalOf(response, json) === undefined,
  refusalOf(_answer, json) {
    const { error_code: code, error_msg: text } = (json ?? {}) as { error_code?: unknown; error_msg?: unknown };
    return typeof code === "string" ? { code, text: String(text) } : undefined;
  },
};
