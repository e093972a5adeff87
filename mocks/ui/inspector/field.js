/** Labelled fields, and the options of a choice. */
import { element } from "./element.js";

let fields = 0;

/**
 * A labelled field.
 * @param {string} label
 * @param {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} input
 * @param {string} [hint]
 */
export function field(label, input, hint) {
  input.id ||= `field-${fields++}`;
  const hintId = `${input.id}-hint`;
  if (hint !== undefined) input.setAttribute("aria-describedby", hintId);
  return element(
    "div",
    { class: "field" },
    element("label", { for: input.id }, label),
    input,
    hint !== undefined && element("p", { class: "hint", id: hintId }, hint),
  );
}

/**
 * @param {readonly (readonly [value: string, label: string])[]} options
 * @param {string} chosen
 */
export function choices(options, chosen) {
  return options.map(([value, label]) => element("option", { value, selected: value === chosen }, label));
}
