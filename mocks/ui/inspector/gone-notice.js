/** Says that there is no such sandbox, and where to go instead. */
import { linkTo } from "./address.js";
import { element } from "./element.js";

/** @import { Say } from "./words.js" */

/**
 * @param {Say} say
 * @param {string} id
 * @param {() => void} again
 */
export function goneNotice(say, id, again) {
  const toDefault = linkTo({ view: "inbox", sandbox: undefined });
  return element(
    "section",
    { class: "panel gone" },
    element("h1", { tabindex: -1 }, say("goneTitle")),
    element("p", {}, say("goneIntro", { id })),
    element(
      "div",
      { class: "row-actions" },
      element("a", { class: "button primary", href: toDefault }, say("goneDefault")),
      element("button", { type: "button", onclick: again }, say("tryAgain")),
    ),
  );
}
