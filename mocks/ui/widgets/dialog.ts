/** Asks a question in a modal dialog: the browser keeps the focus in it, and Escape closes it. */
import { button, type Child, element } from "./element.ts";

export interface Question {
  readonly title: string;
  readonly content: readonly Child[];
  /** The labels of the two buttons. */
  readonly action: string;
  readonly cancel: string;
  readonly isDanger?: boolean;
  /** When it throws, the dialog stays open and shows the error. */
  readonly submit: (form: FormData) => Promise<unknown>;
}

let asked = 0;

export function openDialog({ title, content, action, cancel, isDanger = false, submit }: Question): void {
  const id = `question-${asked++}`;
  const refusal = element("p", { className: "refusal", role: "alert" });
  const go = element("button", { type: "submit", className: isDanger ? "danger" : "primary" }, action);
  const form: HTMLFormElement = element(
    "form",
    { className: "question", onsubmit: submitted },
    element("h2", { id }, title),
    content,
    refusal,
    element(
      "div",
      { className: "question-actions" },
      button(cancel, () => dialog.close()),
      go,
    ),
  );
  const dialog: HTMLDialogElement = element("dialog", { onclose: () => dialog.remove() }, form);
  dialog.setAttribute("aria-labelledby", id);

  async function submitted(event: Event): Promise<void> {
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
