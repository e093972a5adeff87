/** Labelled fields, and the options of a choice. */
import { type Child, element } from "./element.ts";

let fields = 0;

export function field(
  label: string,
  control: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement,
  ...more: readonly Child[]
): HTMLElement {
  control.id ||= `field-${fields++}`;
  return element("div", { className: "field" }, element("label", { htmlFor: control.id }, label), control, more);
}

/** The hint is read out with the field. */
export function hintedField(label: string, control: HTMLInputElement | HTMLTextAreaElement, hint: string): HTMLElement {
  const shown = element("p", { className: "hint" }, hint);
  const made = field(label, control, shown);
  shown.id = `${control.id}-hint`;
  control.setAttribute("aria-describedby", shown.id);
  return made;
}

export function searchField(label: string, oninput: () => unknown): HTMLInputElement {
  return element("input", { type: "search", placeholder: label, ariaLabel: label, oninput });
}

export type Option = readonly [value: string, label: string];

export function options(all: readonly Option[], chosen = ""): HTMLOptionElement[] {
  return all.map(([value, label]) => element("option", { value, defaultSelected: value === chosen }, label));
}

/** Options that are shown as they are. */
export function plainOptions(values: readonly string[]): Option[] {
  return values.map((value) => [value, value]);
}
