/** Creates elements. */

type Tags = HTMLElementTagNameMap;

/** An element with these properties and children. */
export function element<Tag extends keyof Tags>(
  tag: Tag,
  properties: Partial<Tags[Tag]> = {},
  ...children: (Node | string)[]
): Tags[Tag] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}
