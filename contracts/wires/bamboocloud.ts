/** Bamboocloud on the wire: `X-client-id`, `X-L`, `Bearer`, and refusals as `{error_code, error_msg}`. */
import type { Wire } from "./wire.ts";

export const bamboocloud: Wire = {
  clientIdHeader: "X-client-id",
  languageHeader: "X-L",
  authorization: (idToken) => `Bearer ${idToken}`,
  refusalOf(_answer, json) {
    const { error_code: code, error_msg: text } = (json ?? {}) as { error_code?: unknown; error_msg?: unknown };
    return typeof code === "string" ? { code, text: String(text) } : undefined;
  },
};
