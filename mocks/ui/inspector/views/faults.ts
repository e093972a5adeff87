/** The scheduled faults, and the form that schedules one. */
import type { WaitingFault } from "../../../client/sandbox.ts";
import { button, element } from "../../widgets/element.ts";
import { rowsIn } from "../../widgets/rows.ts";
import type { Session, View } from "../app/session.ts";
import { faultForm } from "./fault-form.ts";
import { chip, emptyNotice, toolbar } from "./layout.ts";

export function faults(session: Session): View {
  const { mock, texts, attempt } = session;
  const { faults: text } = texts;
  const list = element("ul", { className: "rows", ariaLabel: text.scheduledTitle });
  const rows = rowsIn(
    list,
    ({ id }: WaitingFault) => id,
    (fault) => ({ element: row(session, fault) }),
  );
  const empty = emptyNotice();
  const clear = button(text.clear, () => attempt(() => mock.faults.clear()), { className: "danger-quiet" });
  const form = faultForm(session);
  const scheduled = element(
    "section",
    { ariaLabel: text.scheduledTitle },
    toolbar(element("h2", {}, text.scheduledTitle), clear),
    empty.element,
    list,
  );

  return {
    element: element("div", { className: "faults" }, form.element, scheduled),
    async load() {
      const [waiting] = await Promise.all([mock.faults.list(), form.load()]);
      rows.show(waiting);
      empty.show(waiting.length === 0, text.empty);
      clear.hidden = waiting.length === 0;
    },
  };
}

function row({ mock, texts, attempt }: Session, fault: WaitingFault): HTMLElement {
  const { id, operation, remaining } = fault;
  const about = texts.faults.removeOne(id, operation);
  const remove = () => attempt(() => mock.faults.remove(id));
  return element(
    "li",
    { className: "row fault" },
    element("strong", { className: "operation" }, operation),
    element("span", { className: "fault-what" }, described(fault)),
    element("span", { className: "muted" }, texts.faults.left(remaining)),
    button(texts.remove, remove, { ariaLabel: about, name: about }),
  );
}

function described({ check, error, status, body, transport, delayMs: { min, max } }: WaitingFault) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return [
    error !== undefined && element("code", { className: "error" }, error),
    check !== undefined && element("span", { className: "check-name" }, check),
    status !== undefined && chip(`HTTP ${status}`),
    body !== undefined && element("code", { className: "fault-body" }, text),
    transport !== undefined && chip(transport, "chip-warn"),
    max > 0 && chip(min === max ? `${min} ms` : `${min}–${max} ms`),
  ];
}
