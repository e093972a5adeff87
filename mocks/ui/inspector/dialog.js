/** Asks a person in a dialog of the page's own: the browser keeps the focus in it, and Escape leaves it. */
import { element } from "./element.js";

/** @import { Session } from "./session.js" */
/** @import { Child } from "./element.js" */

/**
 * @typedef {object} Question
 * @property {string} title
 * @property {readonly Child[]} content
 * @property {string} action  What the button says.
 * @property {boolean} [isDanger]
 * @property {(form: FormData) => Promise<unknown>} submit  Where it throws the dialog stays, and says why.
 */

let asked = 0;

/**
 * @param {Session} session
 * @param {Question} question
 */
export function askPerson({ say }, { title, content, action, isDanger = false, submit }) {
  const id = `question-${asked++}`;
  const refusal = element("p", { class: "refusal", role: "alert" });
  const cancel = element("button", { type: "button", onclick: () => dialog.close() }, say("cancel"));
  const go = element("button", { type: "submit", class: isDanger ? "danger" : "primary" }, action);
  const form = element(
    "form",
    { class: "question", onsubmit: (event) => void submitted(event) },
    element("h2", { id }, title),
    content,
    refusal,
    element("div", { class: "question-actions" }, cancel, go),
  );
  /** @type {HTMLDialogElement} */
  const dialog = element("dialog", { "aria-labelledby": id, onclose: () => dialog.remove() }, form);

  /** @param {Event} event */
  async function submitted(event) {
    event.preventDefault();
    go.disabled = true;
    try {
      await submit(new FormData(form));
      dialog.close();
    } catch (error) {
      refusal.textContent = error instanceof Error ? error.message : String(error);
    }
    go.disabled = false;
  }

  document.body.append(dialog);
  dialog.showModal();
}
