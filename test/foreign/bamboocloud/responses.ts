/** The form of responses: language, code, status and text of a refusal, and the body of a success. */
import type { Cause, Refusal } from "../causes.ts";
import type { Call, HttpResponse } from "../http-values.ts";
import type { Choices, Instead } from "../options.ts";
import { type Language, wordingOf } from "../texts.ts";
import { codeOf, type Operation } from "./operation.ts";

export function languageOf(call: Call, { language, figures }: Choices): Language {
  const fallback = figures.default_language ?? "zh";
  const wanted = call.header("x-l")?.toLowerCase() || undefined;
  if (language === "exact") return wanted === "zh" || wanted === "en" ? wanted : fallback;
  const asked =
    wanted ?? (language === "accept-language" ? call.header("accept-language")?.toLowerCase() : undefined) ?? "";
  if (asked.startsWith("en")) return "en";
  return asked.startsWith("zh") ? "zh" : fallback;
}

interface Asked {
  readonly operation: Operation;
  readonly language: Language;
  readonly choices: Choices;
}

const STATUSES: Partial<Record<Cause, number>> = { "body-unsupported": 415, throttled: 429 };

export function refusal(found: Cause | Refusal, { operation, language, choices }: Asked): HttpResponse {
  const { cause, params = [] } = typeof found === "string" ? { cause: found } : found;
  const instead: Instead = choices.instead[`${operation.id} ${cause}`] ?? choices.instead[cause] ?? {};
  const code = instead.code ?? codeOf(operation, cause);
  const status = instead.status ?? STATUSES[cause] ?? 400;
  return answer({ code, status, language, choices, params, ...instead });
}

interface Answer extends Instead {
  readonly code: string;
  readonly status: number;
  readonly language: Language;
  readonly choices: Choices;
  readonly params?: readonly unknown[];
}

export function answer({ code, status, language, choices, params, en, zh }: Answer): HttpResponse {
  const text = (language === "en" ? en : zh) ?? wordingOf(code, language, params) ?? code;
  const extras = choices.errorExtras ? { request_id: "r-8f21", timestamp: "2026-01-01T00:00:00Z" } : {};
  return { status, body: { error_msg: text, error_code: `IDAAS.SDK.${code}`, ...extras } };
}

export function success(payload: object | undefined, { emptySuccess }: Choices): HttpResponse {
  if (payload !== undefined) return { status: 200, body: payload };
  if (emptySuccess === "object") return { status: 200, body: {} };
  return emptySuccess === "typed" ? { status: 200 } : { status: 200, headers: { "content-type": "" } };
}
