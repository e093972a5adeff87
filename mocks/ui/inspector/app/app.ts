/** Opens a page for the sandbox in the address, and another page when the address names another sandbox. */
import { address } from "./address.ts";
import { Page } from "./page.ts";

export function start(root: HTMLElement): void {
  let page = new Page(root, reopen);

  /** Opens the page again with the current sandbox, language and token. The control of this name gets the focus. */
  function reopen(focusName?: string): void {
    page.close();
    page = new Page(root, reopen);
    if (focusName !== undefined) root.querySelector<HTMLElement>(`[name="${focusName}"]`)?.focus();
  }

  addEventListener("hashchange", () => (address().sandbox === page.sandbox ? page.show(true) : reopen()));
  // A machine that was asleep has missed events.
  document.addEventListener("visibilitychange", () => !document.hidden && page.reload());
}
