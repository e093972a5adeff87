/** Copies a text. When the browser forbids it, a dialog shows the text, to be copied by hand. */
import { copyText } from "../../widgets/clipboard.ts";
import { button, element } from "../../widgets/element.ts";
import { field } from "../../widgets/field.ts";
import type { Session } from "../app/session.ts";

/** `about` says the same as the label to a user who does not see what is beside the button. */
export function copyButton(
  session: Session,
  label: string,
  about: string,
  text: () => string | Promise<string>,
  className = "quiet",
): HTMLElement {
  const copy = () => session.attempt(async () => copyOrShow(session, about, await text()));
  return button(label, copy, { className, ariaLabel: about, name: about });
}

async function copyOrShow({ texts, notify, ask }: Session, title: string, text: string): Promise<void> {
  if (await copyText(text)) return notify(texts.copied);
  const area = element("textarea", { rows: 6, readOnly: true, value: text });
  ask({ title, content: [field(texts.copyByHand, area)], action: texts.close, submit: async () => undefined });
  area.select();
}
