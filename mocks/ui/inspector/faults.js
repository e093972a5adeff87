/** The faults that wait for a request, and the form that orders one. */
import { element, showList } from "./element.js";
import { faultForm } from "./fault-form.js";

/** @import { WaitingFault } from "./control-call.d.ts" */
/** @import { Session, View } from "./session.js" */

/**
 * @param {Session} session
 * @returns {View}
 */
export function faults(session) {
  const { ask, say, attempt } = session;
  const list = element("ul", { class: "rows", "aria-label": say("faultsWaiting") });
  const none = element("p", { class: "empty", hidden: true }, say("faultsEmpty"));
  const clearAll = () => attempt(() => ask("delete", "/__testkit/faults"));
  const clear = element("button", { type: "button", class: "danger-quiet", onclick: clearAll }, say("faultsClear"));
  const { element: form, load: loadForm } = faultForm(session);

  return {
    element: element(
      "div",
      { class: "faults" },
      form,
      element(
        "section",
        { "aria-label": say("faultsWaiting") },
        element("div", { class: "tools" }, element("h2", {}, say("faultsWaiting")), clear),
        none,
        list,
      ),
    ),
    async load() {
      const [{ faults: waiting }] = await Promise.all([ask("get", "/__testkit/faults"), loadForm()]);
      showList(
        list,
        waiting,
        ({ id }) => id,
        (fault) => row(session, fault),
      );
      none.hidden = waiting.length > 0;
      clear.hidden = waiting.length === 0;
    },
  };
}

/**
 * @param {Session} session
 * @param {WaitingFault} fault
 */
function row({ ask, say, attempt }, fault) {
  const { id, operation, remaining } = fault;
  const remove = () => attempt(() => ask("delete", "/__testkit/faults/{id}", { path: { id } }));
  const what = say("faultRemove", { operation, id });
  return element(
    "li",
    { class: "row fault" },
    element("strong", { class: "operation" }, operation),
    element("span", { class: "fault-what" }, ...described(fault)),
    element("span", { class: "muted" }, say("timesLeft", { count: remaining })),
    element("button", { type: "button", "aria-label": what, "data-focus": what, onclick: remove }, say("remove")),
  );
}

/** @param {WaitingFault} fault */
function described({ check, error, status, body, transport, delay_ms: { min, max } }) {
  return [
    error !== undefined && element("code", { class: "error" }, error),
    check !== undefined && element("span", { class: "check-name" }, check),
    status !== undefined && element("span", { class: "chip" }, `HTTP ${status}`),
    body !== undefined &&
      element("code", { class: "fault-body" }, typeof body === "string" ? body : JSON.stringify(body)),
    transport !== undefined && element("span", { class: "chip chip-warn" }, transport),
    max > 0 && element("span", { class: "chip" }, min === max ? `${min} ms` : `${min}–${max} ms`),
  ].filter((part) => part !== false);
}
