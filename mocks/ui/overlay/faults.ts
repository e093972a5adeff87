/** The next request that fails: any documented error of any operation, and those that wait already. */
import type { Catalogue, WaitingFault } from "../../client/sandbox.ts";
import { button, element, group, labelled } from "./element.ts";
import type { Desk } from "./overlay-context.ts";
import { rowsIn } from "./rows.ts";

type Operation = Catalogue["operations"][number];

export function faultsGroup({ mock, words, language, act }: Desk) {
  const operations = element("select", { onchange: showErrors });
  const errors = element("select");
  const list = element("ul", { ariaLabel: words.waiting });
  const rows = rowsIn(list, rowOf);
  let known: readonly Operation[] = [];

  const textOf = ({ text, error }: Operation["errors"][number]) => `${text[language]} (${error})`;

  function showErrors(): void {
    const operation = known.find((candidate) => candidate.operation === operations.value);
    // Several causes share an answer, and the page cannot tell them from each other: one of them is enough.
    const checks = new Map<string, string>();
    for (const error of operation?.errors ?? []) {
      if (!checks.has(textOf(error))) checks.set(textOf(error), error.check);
    }
    errors.replaceChildren(...[...checks].map(([text, value]) => element("option", { value }, text)));
  }

  async function arm(): Promise<string> {
    const [operation, check] = [operations.value, errors.value];
    await mock.faults.add({ operation, check });
    return words.armed(operation, errors.selectedOptions[0]?.text ?? check);
  }

  function rowOf(fault: WaitingFault) {
    const text = `${fault.operation}: ${described(fault)}`;
    const remove = async () => {
      await mock.faults.remove(fault.id);
      return words.removed;
    };
    return {
      element: element(
        "li",
        { className: "line apart" },
        text,
        button(words.remove, () => act(remove), text),
      ),
    };
  }

  function described({ operation, check, status, transport, delayMs: { min, max }, remaining }: WaitingFault): string {
    const error = known.find((one) => one.operation === operation)?.errors.find((one) => one.check === check);
    const delay = min === max ? `${max} ms` : `${min}–${max} ms`;
    const parts = [error && textOf(error), status, transport, max > 0 && delay, remaining > 1 && `× ${remaining}`];
    return parts.filter(Boolean).join(", ");
  }

  return {
    element: group(
      words.failure,
      labelled(words.operation, operations),
      labelled(words.error, errors),
      element(
        "div",
        { className: "line" },
        button(words.arm, () => act(arm)),
      ),
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
    return element("optgroup", { label }, ...own.map(({ operation }) => element("option", {}, operation)));
  });
}
