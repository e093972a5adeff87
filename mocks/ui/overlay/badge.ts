/** The round button that opens and closes the overlay, with the number of codes that nobody has looked at. */
import { element } from "./element.ts";
import type { Words } from "./words.ts";

export function badgeOf({ title, unread }: Words, onclick: () => void) {
  const badge = element("button", { type: "button", className: "badge", onclick });
  return {
    element: badge,
    show(state: { readonly open: boolean; readonly unread: number }): void {
      const count = state.unread > 0 ? String(state.unread) : "✉";
      badge.textContent = state.open ? "×" : count;
      badge.ariaLabel = state.unread > 0 ? `${title}: ${unread(state.unread)}` : title;
      badge.ariaExpanded = String(state.open);
    },
  };
}
