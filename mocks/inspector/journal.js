/** Each request with its answer, and the check that decided. */
import { choices } from "./dialog.js";
import { element, setText, showList } from "./element.js";
import { errorOf, exchangeDetails, isRefused } from "./exchange.js";
import { timeOfDay } from "./time.js";

/** @import { Catalogue, Exchange } from "./control-call.d.ts" */
/** @import { Session, View } from "./session.js" */

/** As many as the mock keeps. */
const MOST = 1_000;

/**
 * @param {Session} session
 * @returns {View}
 */
export function journal(session) {
  const { ask, say } = session;
  /** @type {Map<string, Exchange>} */
  let exchanges = new Map();
  /** @type {Catalogue["operations"]} */
  let operations = [];
  const list = element("ol", { class: "exchanges", "aria-label": say("journal") });
  const none = element("p", { class: "empty", hidden: true });
  const operation = element("select", { "aria-label": say("operation"), onchange: show });
  const refused = element("input", { type: "checkbox", onchange: show });

  function show() {
    const fitting = [...exchanges.values()].filter(fits);
    const newestFirst = fitting.sort((one, other) => Number(other.id) - Number(one.id)).slice(0, MOST);
    showList(
      list,
      newestFirst,
      ({ id }) => id,
      (exchange) => entry(session, exchange, operations),
    );
    none.hidden = newestFirst.length > 0;
    setText(none, exchanges.size === 0 ? say("journalEmpty") : say("nothingFits"));
  }

  /** @param {Exchange} exchange */
  function fits(exchange) {
    return (
      (operation.value === "" || exchange.operation === operation.value) && (!refused.checked || isRefused(exchange))
    );
  }

  return {
    element: element(
      "div",
      {},
      element("div", { class: "tools" }, operation, element("label", { class: "check" }, refused, say("refusedOnly"))),
      none,
      list,
    ),
    async load() {
      const fresh = new Map();
      exchanges = fresh;
      const [catalogue, answer] = await Promise.all([session.catalogue(), ask("get", "/__testkit/requests")]);
      operations = catalogue.operations;
      if (operation.options.length === 0) {
        const all = operations.map(({ operation: id }) => /** @type {const} */ ([id, id]));
        operation.append(...choices([["", say("everyOperation")], ...all], ""));
      }
      for (const exchange of answer.requests) fresh.set(exchange.id, exchange);
      if (exchanges === fresh) show();
    },
    heard(event) {
      if (event.type !== "request") return;
      exchanges.set(event.data.id, event.data);
      show();
    },
  };
}

/**
 * @param {Session} session
 * @param {Exchange} exchange
 * @param {Catalogue["operations"]} operations
 */
function entry(session, exchange, operations) {
  const { say } = session;
  const { at, operation, decided_by, why, injected, request, response } = exchange;
  const error = errorOf(exchange, operations);
  const summary = element(
    "summary",
    {},
    element("span", { class: "muted at" }, timeOfDay(at)),
    element("span", { class: `status ${isRefused(exchange) ? "status-bad" : "status-good"}` }, response.status || "×"),
    element("strong", { class: "operation" }, operation ?? `${request.method} ${request.path}`),
    error !== undefined && element("code", { class: "error" }, error),
    injected && element("span", { class: "chip chip-warn" }, say("injected")),
    element("span", { class: "why" }, element("span", { class: "check-name" }, decided_by), ` ${why}`),
  );
  // What nobody opens is not made.
  /** @type {HTMLDetailsElement} */
  const made = element(
    "details",
    { ontoggle: () => made.lastElementChild === summary && made.append(details()) },
    summary,
  );
  const details = () => exchangeDetails(session, exchange, operations);
  return element("li", { class: "exchange" }, made);
}
