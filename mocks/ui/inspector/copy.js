/** Copies texts. Where the browser does not let a page do so, it shows the text, to be copied by hand. */
import { askPerson } from "./dialog.js";
import { element } from "./element.js";
import { field } from "./field.js";

/** @import { Session } from "./session.js" */

/**
 * @param {Session} session
 * @param {string} label
 * @param {string} what  The same for who does not see what is beside it.
 * @param {() => string | Promise<string>} text
 * @param {string} [style]
 */
export function copyButton(session, label, what, text, style = "quiet") {
  const copy = () => session.attempt(async () => copyText(session, what, await text()));
  return element(
    "button",
    { type: "button", class: style, "aria-label": what, "data-focus": what, onclick: copy },
    label,
  );
}

/**
 * @param {Session} session
 * @param {string} what
 * @param {string} text
 */
async function copyText(session, what, text) {
  const { say, tell } = session;
  try {
    await navigator.clipboard.writeText(text);
    tell(say("copied"));
  } catch {
    const area = element("textarea", { rows: 6, readonly: true }, text);
    const content = [field(say("copyByHand"), area)];
    askPerson(session, { title: what, content, action: say("close"), submit: async () => undefined });
    area.select();
  }
}
