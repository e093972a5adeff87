/** The one element that the overlay adds to the page: its place, and the events that it hides from the page. */

/** Events in the overlay that the page must not see: its shortcuts, focus traps and menus would react to them. */
const HIDDEN_EVENTS =
  "keydown keypress keyup focusin focusout input click pointerdown pointerup mousedown mouseup touchstart touchend";

/**
 * Shows the content at the end of the page, in a shadow root, until the signal aborts. When the page replaces its body, the
 * content is added again. A modal dialog makes the rest of the page inert, so the content moves into the dialog. It is in the
 * top layer, so nothing covers or clips it.
 */
export function hostIn(content: HTMLElement, css: string, signal: AbortSignal): void {
  const host = document.createElement("ciam-testkit-overlay");
  host.popover = "manual";
  const shadow = host.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet();
  style.replaceSync(css);
  shadow.adoptedStyleSheets = [style];
  shadow.append(content);
  for (const type of HIDDEN_EVENTS.split(" ")) shadow.addEventListener(type, (event) => event.stopPropagation());

  let frame = 0;

  function place(): void {
    const modal = [...document.querySelectorAll("dialog:modal")].at(-1);
    const home = modal ?? document.body ?? document.documentElement;
    if (host.parentNode === home) return;
    home.append(host);
    // Browsers from before 2024 have no popovers. There only the z-index counts.
    host.showPopover?.();
  }

  // Once per frame, so that a page which removes unknown elements is not kept busy.
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
