/** The parts that most views have: tools on top, a list, and a sentence in place of an empty list. */
import { type Child, element, setText } from "../../widgets/element.ts";

export function toolbar(...tools: readonly Child[]): HTMLElement {
  return element("div", { className: "tools" }, tools);
}

/** A sentence that is shown in place of an empty list. */
export function emptyNotice() {
  const notice = element("p", { className: "empty", hidden: true });
  return {
    element: notice,
    show(isEmpty: boolean, text: string): void {
      notice.hidden = !isEmpty;
      setText(notice, text);
    },
  };
}

/** A name and its value in a list of cells. */
export function cell(name: string, value: string | null): HTMLElement {
  const shown = element("dd", { className: value === null ? "muted" : "" }, value ?? "–");
  return element("div", { className: "cell" }, element("dt", {}, name), shown);
}

export function chip(text: string, style = ""): HTMLElement {
  return element("span", { className: `chip ${style}`.trim() }, text);
}
