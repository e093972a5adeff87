/** The request headers of the Bamboocloud SDK API: application, device, language. */
import type { AnyDialect, Check } from "../../dialect-kit/operation.ts";
import { headerOf, type PlainHeaders } from "../../http/message.ts";

/** Every page requires them. Any value is accepted. `X-device-ip` is optional; source: inferred. */
const DEVICE_HEADERS = ["x-operating-sys-version", "x-device-fingerprint", "x-agent"];

export function clientId(headers: PlainHeaders): string | undefined {
  return headerOf(headers, "x-client-id");
}

/** `zh`, `zh-CN` or `ZH_tw` give Chinese, `en` or `en-US` English, any other value the default. Only `zh` is documented. */
export const language: AnyDialect["language"] = (headers, policy) => {
  const wanted = headerOf(headers, "x-l")?.slice(0, 2).toLowerCase();
  return wanted === "zh" || wanted === "en" ? wanted : policy.default_language;
};

export const deviceIncomplete: Check = {
  refuses({ headers }) {
    const missing = DEVICE_HEADERS.filter((name) => headerOf(headers, name) === undefined);
    return missing.length === 0 ? undefined : `absent or blank: ${missing.join(", ")}`;
  },
};

export const clientMissing: Check = {
  refuses: (context) => (context.clientId === undefined ? "the header X-client-id is absent or blank" : undefined),
};

export const clientUnknown: Check = {
  refuses: (context) => (context.clientKnown ? undefined : `no sandbox has the client id ${context.clientId}`),
};
