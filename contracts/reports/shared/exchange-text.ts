/** An exchange in the notation of HTTP. The caller must still escape the text for its format. */
import type { ReportedExchange } from "../report.ts";
import { cut } from "./visible-text.ts";

export function requestText({ request }: ReportedExchange, longestBody: number): string {
  return message(`${request.method} ${request.url}`, request.headers, cut(request.body ?? "", longestBody));
}

export function responseText({ response, failure }: ReportedExchange, longestBody: number): string {
  if (response === null) return `no response: ${cut(failure ?? "unknown reason", longestBody)}`;
  const { status, headers, body } = response;
  const text = message(`HTTP ${status}`, headers, cut(body, longestBody));
  return failure === null ? text : `${text}\n\n(${cut(failure, longestBody)})`;
}

function message(first: string, headers: Readonly<Record<string, string>>, body: string): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [first, ...lines, ...(body === "" ? [] : ["", body])].join("\n");
}
