/** One request of the journal in full. */
import { copyButton } from "./copy.js";
import { curlLine } from "./curl.js";
import { element } from "./element.js";

/** @import { Catalogue, Exchange } from "./control-call.d.ts" */
/** @import { Session } from "./session.js" */

/** @param {Exchange} exchange */
export function isRefused({ decided_by, response }) {
  return decided_by !== "passed" || response.status >= 400;
}

/**
 * The error code of the API that the check stands for.
 * @param {Exchange} exchange
 * @param {Catalogue["operations"]} operations
 */
export function errorOf({ operation, decided_by }, operations) {
  const errors = operations.find((candidate) => candidate.operation === operation)?.errors;
  return errors?.find(({ check }) => check === decided_by)?.error;
}

/**
 * @param {Session} session
 * @param {Exchange} exchange
 * @param {Catalogue["operations"]} operations
 */
export function exchangeDetails(session, { operation, request, response }, operations) {
  const { say } = session;
  const dialect = operations.find((candidate) => candidate.operation === operation)?.dialect;
  const place = { origin: location.origin, tokenName: dialect === "genauth" ? "ACCESS_TOKEN" : "ID_TOKEN" };
  const curl = curlLine(request, place);
  return element(
    "div",
    { class: "exchange-details" },
    element(
      "div",
      { class: "sides" },
      side(session, say("request"), `${request.method} ${request.path}`, request),
      side(session, say("answer"), response.status === 0 ? say("noAnswer") : `HTTP ${response.status}`, response),
    ),
    element(
      "div",
      { class: "curl" },
      element("h2", {}, "curl"),
      copyButton(session, say("copy"), say("copyCurl"), () => curl),
      element("pre", {}, element("code", {}, curl)),
      curl.includes('"$') && element("p", { class: "hint" }, say("curlVariables")),
    ),
  );
}

/**
 * @param {Session} session
 * @param {string} title
 * @param {string} line
 * @param {Exchange["request"] | Exchange["response"]} message
 */
function side({ say }, title, line, { headers, body }) {
  const pairs = Object.entries(headers).flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]);
  const text = typeof body === "string" ? body : JSON.stringify(body, null, 2);
  return element(
    "section",
    { class: "side" },
    element("h2", {}, title),
    element("p", { class: "line" }, line),
    pairs.length > 0 && element("dl", { class: "headers" }, pairs),
    body === null ? element("p", { class: "muted" }, say("noBody")) : element("pre", {}, element("code", {}, text)),
  );
}
