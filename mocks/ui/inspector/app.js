/** Opens a page for the sandbox that the address names, and another one when it names another. */
import { address } from "./address.js";
import { Page } from "./page.js";

/** @param {HTMLElement} root */
export function start(root) {
  let page = new Page(root, again);

  /**
   * Begins anew, in the sandbox, the language and with the token that are chosen by now.
   * @param {string} [focus]  The `data-focus` of what had the focus.
   */
  function again(focus) {
    page.close();
    page = new Page(root, again);
    const focused = root.querySelector(`[data-focus="${focus}"]`);
    if (focused instanceof HTMLElement) focused.focus();
  }

  addEventListener("hashchange", () => (address().sandbox === page.sandbox ? page.show(true) : again()));
  // A machine that has slept has heard nothing meanwhile.
  document.addEventListener("visibilitychange", () => !document.hidden && page.reload());
}
