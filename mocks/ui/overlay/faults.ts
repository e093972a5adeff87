/** Makes the next request fail with any documented error of any operation, and lists the scheduled faults. */
import type { Catalogue, WaitingFault } from "../../client/sandbox.ts";
import { button, element } from "../widgets/element.ts";
import { field } from "../widgets/field.ts";
import { rowsIn } from "../widgets/rows.ts";
import { buttonAbout, group, line } from "./group.ts";
import type { OverlayContext } from "./overlay-context.ts";

type Operation = Catalogue["operations"][number];

export function faultsGroup({ mock, texts, language, act }: OverlayContext) {
  const operations = element("select", { onchange: showErrors });
  const errors = element("select");
  const list = element("ul", { ariaLabel: texts.waiting });
  const rows = rowsIn(list, ({ id }: WaitingFault) => id, rowOf);
  let known: readonly Operation[] = [];

  const textOf = ({ text, error }: Operation["errors"][number]) => `${text[language]} (${error})`;

  function showErrors(): void {
    const operation = known.find((candidate) => candidate.operation === operations.value);
    // Checks with the same response look the same in the page, so one of them is enough.
    const checks = new Map<string, string>();
    for (const error of operation?.errors ?? []) {
      if (!checks.has(textOf(error))) checks.set(textOf(error), error.check);
    }
    errors.replaceChildren(...[...checks].map(([text, value]) => element("option", { value }, text)));
  }

  async function schedule(): Promise<string> {
    const [operation, check] = [operations.value, errors.value];
    await mock.faults.add({ operation, check });
    return texts.scheduled(operation, errors.selectedOptions[0]?.text ?? check);
  }

  function rowOf(fault: WaitingFault) {
    const text = `${fault.operation}: ${described(fault)}`;
    const remove = async () => {
      await mock.faults.remove(fault.id);
      return texts.removed;
    };
    const removal = buttonAbout(texts.remove, text, () => act(remove));
    return { element: element("li", { className: "line apart" }, text, removal) };
  }

  function described({ operation, check, status, transport, delayMs: { min, max }, remaining }: WaitingFault): string {
    const error = known.find((one) => one.operation === operation)?.errors.find((one) => one.check === check);
    const delay = min === max ? `${max} ms` : `${min}–${max} ms`;
    const parts = [error && textOf(error), status, transport, max > 0 && delay, remaining > 1 && `× ${remaining}`];
    return parts.filter(Boolean).join(", ");
  }

  return {
    element: group(
      texts.fault,
      field(texts.operation, operations),
      field(texts.error, errors),
      line(button(texts.schedule, () => act(schedule))),
      list,
    ),
    show(faults: readonly WaitingFault[], catalogue: Catalogue): void {
      if (known !== catalogue.operations) {
        known = catalogue.operations;
        operations.replaceChildren(...byDialect(known));
        showErrors();
      }
      rows.show(faults);
    },
  };
}

function byDialect(operations: readonly Operation[]): HTMLElement[] {
  const dialects = [...new Set(operations.map(({ dialect }) => dialect))];
  return dialects.map((label) => {
    const own = operations.filter(({ dialect }) => dialect === label);
    return element(
      "optgroup",
      { label },
      own.map(({ operation }) => element("option", {}, operation)),
    );
  });
}
