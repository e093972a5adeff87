/**
 * The widget kit of the inspector and the overlay starts here. Each file of this folder is one widget, and knows neither of them.
 *
 * The kit is our own on purpose. lit-html creates a Trusted Types policy, but the inspector's CSP says `trusted-types 'none'`.
 * preact is a package, and the overlay must bring none into the page, in 5.5 KB as a whole. What both need is small: this folder.
 * It has no way to make markup from a text, so texts of requests and accounts stay texts.
 */

type Tag = keyof HTMLElementTagNameMap;

/** false, null and undefined are left out. */
export type Child = Node | string | false | null | undefined;

/** Properties of the element's class, so a misspelt one does not compile. */
export type Properties<T extends Tag> = Partial<HTMLElementTagNameMap[T]>;

/** A control with a `name` gets the focus back when a list makes its row anew. */
export function element<T extends Tag>(
  tag: T,
  properties: Properties<T> = {},
  ...children: readonly (Child | readonly Child[])[]
): HTMLElementTagNameMap[T] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.flat().filter((child) => child != null && child !== false));
  return made;
}

export function button(
  label: string,
  onclick: () => unknown,
  properties: Properties<"button"> = {},
): HTMLButtonElement {
  return element("button", { type: "button", onclick, ...properties }, label);
}

/** Sets a text that changes often. An equal text is left alone, so nothing is drawn again. */
export function setText(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}
