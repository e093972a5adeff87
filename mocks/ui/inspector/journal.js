/** Each request with its answer, and the check that decided. */
import { element, inNextFrame, setText, showList } from "./element.js";
import { errorOf, exchangeDetails, isRefused } from "./exchange.js";
import { choices } from "./field.js";
import { Log } from "./log.js";
import { timeOfDay } from "./time.js";

/** @import { Catalogue, Exchange } from "./control-call.d.ts" */
/** @import { Session, View } from "./session.js" */

/**
 * @param {Session} session
 * @returns {View}
 */
export function journal(session) {
  const { ask, say } = session;
  /** @type {Log<Exchange>} */
  const exchanges = new Log();
  /** @type {Catalogue["operations"]} */
  let operations = [];
  const list = element("ol", { class: "exchanges", "aria-label": say("journal") });
  const none = element("p", { class: "empty", hidden: true });
  const operation = element("select", { "aria-label": say("operation"), onchange: show });
  const refused = element("input", { type: "checkbox", onchange: show });
  const showSoon = inNextFrame(show);

  function show() {
    const all = exchanges.newestFirst();
    const fitting = all.filter(fits);
    showList(
      list,
      fitting,
      ({ id }) => id,
      (exchange) => entry(session, exchange, operations),
    );
    none.hidden = fitting.length > 0;
    setText(none, say(all.length === 0 ? "journalEmpty" : "nothingFits"));
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
      ({ operations } = await session.catalogue());
      if (operation.options.length === 0) operation.append(...operationOptions(session, operations));
      await exchanges.fill(async () => (await ask("get", "/__testkit/requests")).requests);
      show();
    },
    heard(event) {
      if (event.type !== "request") return;
      exchanges.add(event.data);
      // Before the catalogue is there, no entry can say which error its check stands for.
      if (operations.length > 0) showSoon();
    },
  };
}

/**
 * @param {Session} session
 * @param {Catalogue["operations"]} operations
 */
function operationOptions({ say }, operations) {
  const all = operations.map(({ operation: id }) => /** @type {const} */ ([id, id]));
  return choices([["", say("everyOperation")], ...all], "");
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
