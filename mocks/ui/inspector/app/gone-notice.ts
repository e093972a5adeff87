/** Says that the sandbox does not exist, and where to go instead. */
import type { Texts } from "../../i18n/inspector/en.ts";
import { button, element } from "../../widgets/element.ts";
import { linkTo } from "./address.ts";

export function goneNotice({ sandbox: text, tryAgain }: Texts, id: string, retry: () => void): HTMLElement {
  const href = linkTo({ view: "inbox", sandbox: undefined });
  return element(
    "section",
    { className: "panel gone" },
    element("h1", { tabIndex: -1 }, text.goneTitle),
    element("p", {}, text.goneIntro(id)),
    element(
      "div",
      { className: "row-actions" },
      element("a", { className: "button primary", href }, text.showDefault),
      button(tryAgain, retry),
    ),
  );
}
