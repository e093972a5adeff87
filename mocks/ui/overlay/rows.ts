/** A list with a row for each item. Knows nothing of what the items are. */

interface Row {
  readonly element: HTMLElement;
}

/**
 * Keeps the list's rows as the items are. The row of an item that is as before stays the same element, so that it keeps the
 * focus; where a row goes that has it, the list takes it.
 */
export function rowsIn<T, R extends Row>(list: HTMLElement, rowOf: (item: T) => R) {
  let rows = new Map<string, R>();
  list.tabIndex = -1;

  function leave({ element }: R): void {
    if (element.matches(":focus-within")) list.focus();
    element.remove();
  }

  return {
    /** The rows, in the order of the items. */
    show(items: readonly T[]): void {
      const before = rows;
      rows = new Map(
        items.map((item) => {
          const key = JSON.stringify(item);
          return [key, before.get(key) ?? rowOf(item)];
        }),
      );
      for (const [key, row] of before) if (!rows.has(key)) leave(row);
      for (const [index, { element }] of [...rows.values()].entries()) {
        const there = list.children[index];
        if (there !== element) list.insertBefore(element, there ?? null);
      }
    },
    all: (): readonly R[] => [...rows.values()],
  };
}
