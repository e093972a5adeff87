/** The one element that the overlay adds to the page: where it stands, and what the page does not hear of it. */

/** What happens in the overlay is not for the page's shortcuts, traps of focus and clicks beside a menu. */
const KEPT = [
  ...["keydown", "keypress", "keyup", "focusin", "focusout", "input", "click"],
  ...["pointerdown", "pointerup", "mousedown", "mouseup", "touchstart", "touchend"],
];

/**
 * Shows the content at the end of the page, in a shadow root, until the signal is given. A page that replaces its body gets it
 * again. While a modal dialog is open all else is inert, so then it stands in the dialog; and it is in the top layer, so that
 * nothing covers or clips it.
 */
export function hostIn(content: HTMLElement, css: string, signal: AbortSignal): void {
  const host = document.createElement("ciam-testkit-overlay");
  host.popover = "manual";
  const shadow = host.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet();
  style.replaceSync(css);
  shadow.adoptedStyleSheets = [style];
  shadow.append(content);
  for (const type of KEPT) shadow.addEventListener(type, (event) => event.stopPropagation());

  let frame = 0;

  function place(): void {
    const modal = [...document.querySelectorAll("dialog:modal")].at(-1);
    const home = modal ?? document.body ?? document.documentElement;
    if (host.parentNode === home) return;
    home.append(host);
    // Browsers from before 2024 have none; the element is then only as high as its z-index.
    host.showPopover?.();
  }

  // Once in a frame, so that a page which takes out whatever it does not know is not kept busy.
  const changes = new MutationObserver(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(place);
  });

  function start(): void {
    place();
    changes.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ["open"] });
  }

  signal.addEventListener("abort", () => {
    changes.disconnect();
    cancelAnimationFrame(frame);
    host.remove();
  });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start, { once: true, signal });
  else start();
}
