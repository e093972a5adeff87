/** One error of the catalogue: its code, its texts, its source, and the button that schedules it. */
import type { Catalogue } from "../../../client/sandbox.ts";
import { button, element } from "../../widgets/element.ts";
import type { Session } from "../app/session.ts";
import { chip } from "./layout.ts";

type CataloguedError = Catalogue["operations"][number]["errors"][number];

export function errorRow(session: Session, operation: string, entry: CataloguedError): HTMLElement {
  const { check, error, summary } = entry;
  return element(
    "li",
    { className: "error-row" },
    element(
      "div",
      { className: "error-name" },
      element("code", { className: "error" }, error),
      element("span", { className: "check-name" }, check),
      element("span", { className: "hint" }, summary),
    ),
    errorTexts(session, entry),
    errorActions(session, operation, entry),
  );
}

function errorTexts({ texts }: Session, { text, text_source, source, reason, also }: CataloguedError): HTMLElement {
  const { catalogue: own } = texts;
  const why = source === "inferred" && reason !== "" ? own.because(reason) : reason;
  return element(
    "div",
    { className: "error-texts" },
    wording("en", text.en, text_source.en, own),
    wording("zh-CN", text.zh, text_source.zh, own),
    element("p", { className: "hint" }, why, also.length > 0 && ` ${own.also(also.join(", "))}`),
  );
}

function wording(lang: string, text: string, source: string, own: Session["texts"]["catalogue"]): HTMLElement {
  const mark = element("span", { className: "mark", title: own.inferredHint }, ` ${own.inferred}`);
  return element("p", { className: "wording" }, element("span", { lang }, text), source === "inferred" && mark);
}

function errorActions(session: Session, operation: string, entry: CataloguedError): HTMLElement {
  const { mock, texts, notify, attempt } = session;
  const { catalogue: text } = texts;
  const { check, error, source, magic_suffix } = entry;
  const schedule = () =>
    attempt(async () => {
      await mock.faults.add({ operation, check });
      notify(text.scheduled(operation, error));
    });
  return element(
    "div",
    { className: "error-actions" },
    chip(text.sources[source], `chip-${source}`),
    magic_suffix !== null && element("span", { className: "chip", title: text.magicHint }, `…${magic_suffix}`),
    button(text.schedule, schedule, { ariaLabel: text.scheduleOne(operation, error, check) }),
  );
}
