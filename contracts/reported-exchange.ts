/** An exchange as it may be written down: secrets masked, long bodies cut, and a shell command that repeats it. */
import type { Secrets } from "./masking.ts";
import type { ReportedExchange } from "./report.ts";
import type { Recorded, World } from "./world.ts";

const LONGEST_BODY = 4_000;

export function reportedExchanges({ exchanges, secrets }: World): readonly ReportedExchange[] {
  return exchanges.map((exchange) => reported(exchange, secrets));
}

function reported({ operation, sent, answer, failure }: Recorded, secrets: Secrets): ReportedExchange {
  const mask = (text: string) => secrets.mask(cut(text));
  return {
    operation,
    request: {
      method: sent.method,
      url: secrets.mask(sent.url),
      headers: masked(sent.headers, secrets),
      body: sent.body === undefined ? null : mask(sent.body),
    },
    response:
      answer === undefined
        ? null
        : { status: answer.status, headers: masked(answer.headers, secrets), body: mask(answer.body) },
    failure: failure === undefined ? null : secrets.mask(failure),
    curl: curlOf({ operation, sent, answer, failure }, secrets),
  };
}

function masked(headers: Readonly<Record<string, string>>, secrets: Secrets): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, secrets.mask(value)]));
}

function curlOf({ sent }: Recorded, secrets: Secrets): string {
  const quoted = (text: string) => `"${secrets.asShell(text.replace(/["\\$`]/g, "\\$&"))}"`;
  const headers = Object.entries(sent.headers).map(
    ([name, value]) => `-H ${quoted(value === "" ? `${name};` : `${name}: ${value}`)}`,
  );
  const body = sent.body === undefined ? [] : [`--data-raw ${quoted(cut(sent.body))}`];
  return ["curl -i", `-X ${sent.method}`, quoted(sent.url), ...headers, ...body].join(" ");
}

/** What a target answers may be a file of any size. */
function cut(text: string): string {
  return text.length <= LONGEST_BODY ? text : `${text.slice(0, LONGEST_BODY)}... (${text.length} characters)`;
}
