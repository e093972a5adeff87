/** Elements, made without markup: whatever is shown, wherever it came from, is text. */

type Tag = keyof HTMLElementTagNameMap;
type Child = Node | string;

/** `properties` are those of the element's class, so a misspelt one does not compile. */
export function element<T extends Tag>(
  tag: T,
  properties: Partial<HTMLElementTagNameMap[T]> = {},
  ...children: Child[]
): HTMLElementTagNameMap[T] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** `about` tells a reader who does not see what stands beside the button what it is for. */
export function button(label: string, onclick: () => void, about = ""): HTMLButtonElement {
  return element("button", { type: "button", onclick, ariaLabel: about === "" ? label : `${label}: ${about}` }, label);
}

export function group(title: string, ...children: Child[]): HTMLElement {
  return element("fieldset", {}, element("legend", {}, title), ...children);
}

export function labelled(label: string, control: HTMLElement): HTMLElement {
  return element("label", {}, label, control);
}
