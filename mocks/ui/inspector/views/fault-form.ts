/** The form that schedules a fault. */
import type { Catalogue, FaultOrder } from "../../../client/sandbox.ts";
import { element } from "../../widgets/element.ts";
import { field, options, plainOptions } from "../../widgets/field.ts";
import type { Session } from "../app/session.ts";
import { faultKinds } from "./fault-kinds.ts";

export function faultForm(session: Session) {
  const { mock, attempt, notify } = session;
  const { faults: text } = session.texts;
  let operations: Catalogue["operations"] = [];
  const operation = element("select", { name: "operation", onchange: showErrors });
  const kinds = faultKinds(session);
  const times = element("input", { name: "times", type: "number", min: "1", value: "1", required: true });
  const latency = latencyFields(session);

  function showErrors(): void {
    kinds.showErrors(operations.find((candidate) => candidate.operation === operation.value)?.errors ?? []);
  }

  const fault = (): FaultOrder => ({
    operation: operation.value,
    times: Number(times.value),
    ...kinds.value(),
    ...latency.value(),
  });

  function onsubmit(event: Event): Promise<void> {
    event.preventDefault();
    return attempt(async () => {
      await mock.faults.add(fault());
      notify(text.scheduled(operation.value));
    });
  }

  return {
    element: element(
      "form",
      { className: "fault-form panel", onsubmit, ariaLabel: text.create },
      element("h2", {}, text.create),
      field(text.operation, operation),
      kinds.elements,
      element("div", { className: "beside" }, field(text.times, times), latency.elements),
      element("button", { type: "submit", className: "primary" }, text.schedule),
    ),
    async load(): Promise<void> {
      if (operations.length > 0) return;
      ({ operations } = await session.catalogue());
      operation.replaceChildren(...options(plainOptions(operations.map((one) => one.operation))));
      showErrors();
    },
  };
}

function latencyFields({ texts: { faults: text } }: Session) {
  const limits = { type: "number", min: "0", max: "600000" };
  const least = element("input", { name: "least", ...limits, placeholder: "0" });
  const most = element("input", { name: "most", ...limits });
  return {
    elements: [field(text.delayMin, least), field(text.delayMax, most)],
    value(): Pick<FaultOrder, "delayMs"> {
      if (least.value === "" && most.value === "") return {};
      const min = Number(least.value);
      return { delayMs: most.value === "" ? min : { min, max: Number(most.value) } };
    },
  };
}
