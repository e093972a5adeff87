/** One request of the journal in full. */
import type { Catalogue, Exchange } from "../../../client/sandbox.ts";
import { element } from "../../widgets/element.ts";
import type { Session } from "../app/session.ts";
import { copyButton } from "./copy-button.ts";
import { curlLine } from "./curl.ts";

type Operations = Catalogue["operations"];

export function isFailed({ decidedBy, response }: Exchange): boolean {
  return decidedBy !== "passed" || response.status >= 400;
}

/** The API's error code for the check that decided. */
export function errorOf({ operation, decidedBy }: Exchange, operations: Operations): string | undefined {
  const errors = operations.find((candidate) => candidate.operation === operation)?.errors;
  return errors?.find(({ check }) => check === decidedBy)?.error;
}

export function exchangeDetails(session: Session, exchange: Exchange, operations: Operations): HTMLElement {
  const { request, response } = exchange;
  const { journal: text } = session.texts;
  const status = response.status === 0 ? text.noResponse : `HTTP ${response.status}`;
  return element(
    "div",
    { className: "exchange-details" },
    element(
      "div",
      { className: "sides" },
      side(session, text.request, `${request.method} ${request.path}`, request),
      side(session, text.response, status, response),
    ),
    curlOf(session, exchange, operations),
  );
}

function curlOf(session: Session, { operation, request }: Exchange, operations: Operations): HTMLElement {
  const { texts } = session;
  const dialect = operations.find((candidate) => candidate.operation === operation)?.dialect;
  const tokenName = dialect === "genauth" ? "ACCESS_TOKEN" : "ID_TOKEN";
  const line = curlLine(request, { origin: location.origin, tokenName });
  return element(
    "div",
    { className: "curl" },
    element("h2", {}, "curl"),
    copyButton(session, texts.copy, texts.journal.copyCurl, () => line),
    element("pre", {}, element("code", {}, line)),
    line.includes('"$') && element("p", { className: "hint" }, texts.journal.curlVariables),
  );
}

function side(
  { texts }: Session,
  title: string,
  line: string,
  { headers, body }: Exchange["request"] | Exchange["response"],
): HTMLElement {
  const pairs = Object.entries(headers).flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]);
  const text = typeof body === "string" ? body : JSON.stringify(body, null, 2);
  return element(
    "section",
    { className: "side" },
    element("h2", {}, title),
    element("p", { className: "line" }, line),
    pairs.length > 0 && element("dl", { className: "headers" }, pairs),
    body === null
      ? element("p", { className: "muted" }, texts.journal.noBody)
      : element("pre", {}, element("code", {}, text)),
  );
}
