/** Each request with its response, and the check that decided it. */
import type { Catalogue, Exchange } from "../../../client/sandbox.ts";
import { oncePerFrame } from "../../widgets/coalesce.ts";
import { element } from "../../widgets/element.ts";
import { options, plainOptions } from "../../widgets/field.ts";
import { rowsIn } from "../../widgets/rows.ts";
import type { Session, View } from "../app/session.ts";
import { timeOfDay } from "../app/time.ts";
import { errorOf, exchangeDetails, isFailed } from "./exchange.ts";
import { chip, emptyNotice, toolbar } from "./layout.ts";
import { Log } from "./log.ts";

type Operations = Catalogue["operations"];

export function journal(session: Session): View {
  const { mock, texts } = session;
  const exchanges = new Log<Exchange>();
  let operations: Operations = [];
  const list = element("ol", { className: "exchanges", ariaLabel: texts.views.journal });
  const rows = rowsIn(
    list,
    ({ id }: Exchange) => id,
    (exchange) => ({ element: entry(session, exchange, operations) }),
  );
  const empty = emptyNotice();
  const operation = element("select", { ariaLabel: texts.journal.operation, onchange: show });
  const failedOnly = element("input", { type: "checkbox", onchange: show });
  const showSoon = oncePerFrame(show);

  function show(): void {
    const all = exchanges.newestFirst();
    const matching = all.filter(matches);
    rows.show(matching);
    empty.show(matching.length === 0, all.length === 0 ? texts.journal.empty : texts.noMatches);
  }

  function matches(exchange: Exchange): boolean {
    if (operation.value !== "" && exchange.operation !== operation.value) return false;
    return !failedOnly.checked || isFailed(exchange);
  }

  async function loadOperations(): Promise<void> {
    ({ operations } = await session.catalogue());
    if (operation.options.length > 0) return;
    const names = operations.map(({ operation: name }) => name);
    operation.append(...options([["", texts.journal.allOperations], ...plainOptions(names)]));
  }

  const filter = element("label", { className: "check" }, failedOnly, texts.journal.failedOnly);
  return {
    element: element("div", {}, toolbar(operation, filter), empty.element, list),
    async load() {
      await loadOperations();
      await exchanges.fill(() => mock.requests.list());
      show();
    },
    heard(event) {
      if (event.type !== "request") return;
      exchanges.add(event.exchange);
      // Without the catalogue an entry cannot tell which error its check stands for.
      if (operations.length > 0) showSoon();
    },
  };
}

function entry(session: Session, exchange: Exchange, operations: Operations): HTMLElement {
  const summary = summaryOf(session, exchange, operations);
  // Build the details on first open.
  const ontoggle = () => {
    if (details.lastElementChild === summary) details.append(exchangeDetails(session, exchange, operations));
  };
  const details = element("details", { ontoggle }, summary);
  return element("li", { className: "exchange" }, details);
}

function summaryOf({ texts }: Session, exchange: Exchange, operations: Operations): HTMLElement {
  const { at, operation, decidedBy, why, injected, request, response } = exchange;
  const error = errorOf(exchange, operations);
  const status = response.status === 0 ? "×" : String(response.status);
  return element(
    "summary",
    {},
    element("span", { className: "muted at" }, timeOfDay(at)),
    element("span", { className: `status ${isFailed(exchange) ? "status-bad" : "status-good"}` }, status),
    element("strong", { className: "operation" }, operation ?? `${request.method} ${request.path}`),
    error !== undefined && element("code", { className: "error" }, error),
    injected && chip(texts.journal.injected, "chip-warn"),
    element("span", { className: "why" }, element("span", { className: "check-name" }, decidedBy), ` ${why}`),
  );
}
