/** What the page has to say in passing: shown, and read out by a screen reader. */
import { element } from "./element.js";

/** @import { Say } from "./words.js" */

const SHOWN_MS = 5_000;

/** @param {Say} say */
export function noticesIn(say) {
  const told = element("div", { class: "notices", role: "status" });
  const refused = element("div", { class: "notices notices-bad", role: "alert" });
  const whispered = element("div", { class: "unseen", role: "status" });

  /** @param {string} text */
  function tell(text) {
    const notice = element("p", { class: "notice" }, text);
    told.replaceChildren(notice);
    setTimeout(() => notice.remove(), SHOWN_MS);
  }

  /** @param {string} text */
  function complain(text) {
    /** @type {HTMLElement} */
    const notice = element("p", { class: "notice notice-bad" }, element("span", {}, text));
    const close = element("button", { type: "button", class: "quiet", onclick: () => notice.remove() }, say("close"));
    notice.append(close);
    refused.replaceChildren(notice);
  }

  return {
    element: element("div", { class: "notice-place" }, told, refused, whispered),
    /** Passes by itself. */
    tell,
    /** Stays until it is closed, or another comes. */
    complain,
    /**
     * Read out, and not shown: what is seen elsewhere.
     * @param {string} text
     */
    whisper(text) {
      whispered.replaceChildren(element("p", {}, text));
    },
  };
}
