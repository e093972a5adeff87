/** The form that orders a fault. */
import { element } from "./element.js";
import { choices, field } from "./field.js";

/** @import { CataloguedOperation, Schemas } from "./control-call.d.ts" */
/** @import { Session } from "./session.js" */

/** @typedef {Schemas["FaultOrder"]} Order */

const kinds = /** @type {const} */ (["error", "own", "transport", "latency"]);
const transports = /** @type {const} */ (["reset", "empty", "truncate", "hang"]);

/** @param {Session} session */
export function faultForm(session) {
  const { ask, say, attempt, tell } = session;
  /** @type {readonly CataloguedOperation[]} */
  let operations = [];
  const operation = element("select", { name: "operation", onchange: showErrors });
  const kind = element(
    "select",
    { name: "kind", onchange: showKind },
    choices(
      kinds.map((name) => [name, say(`kind_${name}`)]),
      "error",
    ),
  );
  const check = element("select", { name: "check" });
  const transport = element(
    "select",
    { name: "transport" },
    choices(
      transports.map((name) => [name, say(`transport_${name}`)]),
      "reset",
    ),
  );
  const status = element("input", { name: "status", type: "number", min: 200, max: 599, value: 503 });
  const body = element("textarea", { name: "body", rows: 3, spellcheck: "false" });
  const times = element("input", { name: "times", type: "number", min: 1, value: 1, required: true });
  const least = element("input", { name: "least", type: "number", min: 0, max: 600_000, placeholder: "0" });
  const most = element("input", { name: "most", type: "number", min: 0, max: 600_000 });

  /** @type {Record<(typeof kinds)[number], readonly HTMLElement[]>} */
  const fieldsOf = {
    error: [field(say("error"), check)],
    own: [field(say("status"), status), field(say("body"), body, say("bodyHint"))],
    transport: [field(say("transport"), transport)],
    latency: [],
  };

  function showKind() {
    for (const name of kinds) for (const shown of fieldsOf[name]) shown.hidden = name !== kind.value;
  }

  function showErrors() {
    const errors = operations.find((candidate) => candidate.operation === operation.value)?.errors ?? [];
    const options = errors.map(
      (one) => /** @type {const} */ ([one.check, `${one.error} · ${one.check} · ${one.text[say.language]}`]),
    );
    check.replaceChildren(...choices(options, ""));
  }

  /** @returns {Order} */
  function order() {
    return {
      operation: operation.value,
      times: Number(times.value),
      ...whatHappens(),
      ...delay(least.value, most.value),
    };
  }

  /** @returns {Partial<Order>} */
  function whatHappens() {
    if (kind.value === "error") return { check: check.value };
    if (kind.value === "own")
      return { status: Number(status.value), ...(body.value === "" ? {} : { body: jsonOrText(body.value) }) };
    const how = transports.find((name) => name === transport.value);
    return kind.value === "transport" && how !== undefined ? { transport: how } : {};
  }

  /** @param {Event} event */
  function submitted(event) {
    event.preventDefault();
    return attempt(async () => {
      await ask("post", "/__testkit/faults", { body: order() });
      tell(say("armed", { operation: operation.value }));
    });
  }

  const form = element(
    "form",
    { class: "fault-form panel", onsubmit: submitted, "aria-label": say("faultNew") },
    element("h2", {}, say("faultNew")),
    field(say("operation"), operation),
    field(say("whatHappens"), kind),
    kinds.flatMap((name) => fieldsOf[name]),
    element(
      "div",
      { class: "beside" },
      field(say("times"), times),
      field(say("delayMin"), least),
      field(say("delayMax"), most),
    ),
    element("button", { type: "submit", class: "primary" }, say("arm")),
  );
  showKind();

  return {
    element: form,
    async load() {
      if (operations.length > 0) return;
      ({ operations } = await session.catalogue());
      operation.replaceChildren(
        ...choices(
          operations.map(({ operation: id }) => [id, id]),
          "",
        ),
      );
      showErrors();
    },
  };
}

/**
 * @param {string} least
 * @param {string} most
 * @returns {Pick<Order, "delay_ms">}
 */
function delay(least, most) {
  if (least === "" && most === "") return {};
  return { delay_ms: most === "" ? Number(least) : { min: Number(least), max: Number(most) } };
}

/** @param {string} text */
function jsonOrText(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
