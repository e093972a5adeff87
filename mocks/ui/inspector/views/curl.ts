/**
 * A shell command that repeats a request of the journal. A masked value becomes a shell variable. Everything else stands between
 * single quotes, which the shell leaves alone.
 */
import type { Exchange } from "../../../client/sandbox.ts";

interface Place {
  /** Where the request goes. */
  readonly origin: string;
  /** The shell variable that holds the user's token. */
  readonly tokenName: string;
}

const MASK = "***";

/** Headers that curl writes itself, or that only a browser sends. */
const OWN_HEADERS = /^(host|content-length|connection|keep-alive|transfer-encoding|accept-encoding|expect|te|sec-.*)$/;

export function curlLine({ method, path, headers, body }: Exchange["request"], { origin, tokenName }: Place): string {
  const sent = Object.entries(headers).filter(([name]) => !OWN_HEADERS.test(name));
  // Without this curl would call every body a form.
  const untyped = body !== null && headers["content-type"] === undefined ? [`-H 'content-type:'`] : [];
  return [
    "curl -i -g --path-as-is",
    `-X ${/^[A-Z]+$/.test(method) ? method : quoted(method)}`,
    quoted(origin + path),
    ...sent.map(([name, value]) => `-H ${header(name, value, tokenName)}`),
    ...untyped,
    ...(body === null ? [] : [`--data-raw ${bodyOf(body)}`]),
  ].join(" ");
}

function header(name: string, value: string, tokenName: string): string {
  if (value === MASK) {
    return name === "authorization" ? `"authorization: Bearer $${tokenName}"` : quoted(`${name}: `) + variable(name);
  }
  // curl omits a header without a value, unless it ends in a semicolon.
  return quoted(value.trim() === "" ? `${name};` : `${name}: ${value}`);
}

/** The journal keeps only JSON objects; another body becomes a variable. */
function bodyOf(body: unknown): string {
  return typeof body === "object" ? json(body, "value") : '"$BODY"';
}

/** `name` is the name of the field that has the value. */
function json(value: unknown, name: string): string {
  if (value === MASK) return quoted('"') + variable(name) + quoted('"');
  if (typeof value !== "object" || value === null) return quoted(JSON.stringify(value));
  if (Array.isArray(value)) {
    const items = value.map((item) => json(item, name));
    return inBrackets("[", items, "]");
  }
  const fields = Object.entries(value).map(([key, field]) => quoted(`${JSON.stringify(key)}:`) + json(field, key));
  return inBrackets("{", fields, "}");
}

function inBrackets(open: string, parts: readonly string[], close: string): string {
  return (quoted(open) + parts.join(quoted(",")) + quoted(close)).replaceAll("''", "");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}

function variable(name: string): string {
  return `"$${name
    .toUpperCase()
    .replace(/[^A-Z0-9_]/g, "_")
    .replace(/^(\d)/, "_$1")}"`;
}
