/** A list with one row for each item. Knows nothing of the items but their keys. */

export interface Row {
  readonly element: HTMLElement;
}

interface Shown<Item, R> {
  readonly item: Item;
  readonly row: R;
}

/**
 * Shows items in the list. The row of an unchanged item stays the same element, so it keeps the focus and stays open. When the
 * focused row goes, the control with the same name in the new row gets the focus, or else the list.
 */
export function rowsIn<Item, R extends Row>(
  list: HTMLElement,
  keyOf: (item: Item) => string,
  rowOf: (item: Item) => R,
) {
  let shown = new Map<string, Shown<Item, R>>();
  list.tabIndex = -1;

  const all = (): readonly R[] => [...shown.values()].map(({ row }) => row);

  return {
    all,
    /** The rows, in the order of the items. */
    show(items: readonly Item[]): void {
      const focused = list.querySelector(":focus");
      const before = shown;
      shown = new Map();
      for (const item of items) {
        const known = before.get(keyOf(item));
        shown.set(keyOf(item), known && isSame(known.item, item) ? known : { item, row: rowOf(item) });
      }
      place(
        list,
        all().map((row) => row.element),
      );
      if (focused && !list.contains(focused)) twinOf(focused, list).focus();
    },
  };
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** Moves only elements that are not in their place: a moved element loses the focus. */
function place(list: HTMLElement, wanted: readonly HTMLElement[]): void {
  const kept = new Set<Element>(wanted);
  for (const child of [...list.children]) if (!kept.has(child)) child.remove();
  let next = list.firstElementChild;
  for (const child of wanted) {
    if (child === next) next = child.nextElementSibling;
    else list.insertBefore(child, next);
  }
}

/** The control with the same name, or else the list. */
function twinOf(gone: Element, list: HTMLElement): HTMLElement {
  const name = CSS.escape(gone.getAttribute("name") ?? "");
  return list.querySelector<HTMLElement>(`[name="${name}"]`) ?? list;
}
