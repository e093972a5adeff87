/**
 * A shell command that repeats a request of the journal. What the journal masks becomes a shell variable; everything else stands
 * between quotes that no shell looks into.
 */

/** @import { Exchange } from "./control-call.d.ts" */

const MASK = "***";

/** What curl writes itself, or what only a browser has to say. */
const OWN_HEADERS = /^(host|content-length|connection|keep-alive|transfer-encoding|accept-encoding|expect|te|sec-.*)$/;

/**
 * @param {Exchange["request"]} request
 * @param {{ readonly origin: string, readonly tokenName: string }} place  Where to send it; the variable that holds a token.
 */
export function curlLine({ method, path, headers, body }, { origin, tokenName }) {
  const sent = Object.entries(headers).filter(([name]) => !OWN_HEADERS.test(name));
  // Without this curl would say that a body is a form.
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

/**
 * @param {string} name
 * @param {string} value
 * @param {string} tokenName
 */
function header(name, value, tokenName) {
  if (value === MASK) {
    return name === "authorization" ? `"authorization: Bearer $${tokenName}"` : quoted(`${name}: `) + variable(name);
  }
  // curl leaves out a header without a value, unless it ends in a semicolon.
  return quoted(value.trim() === "" ? `${name};` : `${name}: ${value}`);
}

/**
 * A body that is no JSON object is not in the journal.
 * @param {unknown} body
 */
function bodyOf(body) {
  return typeof body === "object" ? json(body, "value") : '"$BODY"';
}

/**
 * @param {unknown} value
 * @param {string} name  Of the member that it is.
 * @returns {string}
 */
function json(value, name) {
  if (value === MASK) return quoted('"') + variable(name) + quoted('"');
  if (typeof value !== "object" || value === null) return quoted(JSON.stringify(value));
  if (Array.isArray(value))
    return inBrackets(
      "[",
      value.map((item) => json(item, name)),
      "]",
    );
  const members = Object.entries(value).map(([key, member]) => quoted(`${JSON.stringify(key)}:`) + json(member, key));
  return inBrackets("{", members, "}");
}

/**
 * @param {string} open
 * @param {readonly string[]} parts
 * @param {string} close
 */
function inBrackets(open, parts, close) {
  return (quoted(open) + parts.join(quoted(",")) + quoted(close)).replaceAll("''", "");
}

/** @param {string} text */
function quoted(text) {
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}

/** @param {string} name */
function variable(name) {
  return `"$${name
    .toUpperCase()
    .replace(/[^A-Z0-9_]/g, "_")
    .replace(/^(\d)/, "_$1")}"`;
}
