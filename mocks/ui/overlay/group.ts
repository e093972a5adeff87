/** What only the overlay has of elements: its named groups, and buttons that tell what they are about. */
import { button, type Child, element } from "../widgets/element.ts";

export function group(title: string, ...children: readonly Child[]): HTMLElement {
  return element("fieldset", {}, element("legend", {}, title), children);
}

export function line(...children: readonly Child[]): HTMLElement {
  return element("div", { className: "line" }, children);
}

/** `about` tells a user who does not see what is beside the button. */
export function buttonAbout(label: string, about: string, onclick: () => void): HTMLButtonElement {
  return button(label, onclick, { ariaLabel: `${label}: ${about}` });
}
