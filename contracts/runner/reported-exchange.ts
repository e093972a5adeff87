/** An exchange as a report shows it: secrets masked, long bodies cut, and a shell command that repeats it. */

import type { ReportedExchange } from "../reports/report.ts";
import { bodyText, type Sent } from "../target/transport.ts";
import type { Secrets } from "../world/masking.ts";
import type { Recorded, World } from "../world/world.ts";

const LONGEST_BODY = 4_000;

export function reportedExchanges({ exchanges }: Pick<World, "exchanges">): readonly ReportedExchange[] {
  return exchanges.map(reported);
}

function reported({ operation, sent, response, failure, secrets }: Recorded): ReportedExchange {
  // Mask first: a secret that is cut in two would not be found.
  const mask = (text: string) => cut(secrets.mask(text));
  return {
    operation,
    request: {
      method: sent.method,
      url: secrets.mask(sent.url),
      headers: masked(joined(sent), secrets),
      body: sent.body === undefined ? null : mask(bodyText(sent)),
    },
    response:
      response === undefined
        ? null
        : { status: response.status, headers: masked(response.headers, secrets), body: mask(response.body) },
    failure: failure === undefined ? null : secrets.mask(failure),
    curl: curlOf(sent, secrets),
  };
}

function masked(headers: Readonly<Record<string, string>>, secrets: Secrets): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, secrets.mask(value)]));
}

function curlOf(sent: Sent, secrets: Secrets): string {
  const quoted = (text: string) => `"${secrets.asShell(text)}"`;
  const headers = [...Object.entries(headersOf(sent)), ...(sent.moreHeaders ?? [])].map(
    // curl drops a header without a value, unless it ends with a semicolon.
    ([name, value]) => `-H ${quoted(value.trim() === "" ? `${name};` : `${name}: ${value}`)}`,
  );
  const command = ["curl -i", `-X ${sent.method}`, quoted(sent.url), ...headers];
  if (sent.body === undefined) return command.join(" ");
  return [...command, "--data-raw", isPlain(sent.body) ? quoted(sent.body) : '"$BODY"'].join(" ");
}

/** A shell command cannot hold a long body, or bytes that are not a text. */
function isPlain(body: string | Uint8Array): body is string {
  return typeof body === "string" && body.length <= LONGEST_BODY && !body.includes("\0");
}

/** Lines of the same name in one, as a server may read them. */
function joined({ headers, moreHeaders = [] }: Sent): Readonly<Record<string, string>> {
  const all: Record<string, string> = { ...headers };
  for (const [name, value] of moreHeaders) all[name] = name in all ? `${all[name]}, ${value}` : value;
  return all;
}

/** A body always has a content type, because the defaults of fetch and curl differ. */
function headersOf({ headers, body }: Sent): Readonly<Record<string, string>> {
  const isTyped = Object.keys(headers).some((name) => name.toLowerCase() === "content-type");
  return body === undefined || isTyped ? headers : { ...headers, "content-type": "text/plain;charset=UTF-8" };
}

/** The response of a target may be a file of any size. */
function cut(text: string): string {
  return text.length <= LONGEST_BODY ? text : `${text.slice(0, LONGEST_BODY)}... (${text.length} characters)`;
}
