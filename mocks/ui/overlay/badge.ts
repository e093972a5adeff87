/** The round button that opens and closes the overlay, with the number of new codes. */
import type { Texts } from "../i18n/overlay/en.ts";
import { button } from "../widgets/element.ts";

/** The name of the tool is the same in every language. */
export const TITLE = "ciam-testkit";

export function badgeOf({ unread }: Texts, onclick: () => void) {
  const badge = button("", onclick, { className: "badge" });
  return {
    element: badge,
    show(state: { readonly open: boolean; readonly unread: number }): void {
      const count = state.unread > 0 ? String(state.unread) : "✉";
      badge.textContent = state.open ? "×" : count;
      badge.ariaLabel = state.unread > 0 ? `${TITLE}: ${unread(state.unread)}` : TITLE;
      badge.ariaExpanded = String(state.open);
    },
  };
}
