/** Short notices of a page: shown, and read out by a screen reader. */
import { button, element } from "./element.ts";

const SHOWN_MS = 5_000;

export function noticeArea(close: string) {
  const news = element("div", { className: "notices", role: "status" });
  const errors = element("div", { className: "notices notices-bad", role: "alert" });
  const spoken = element("div", { className: "unseen", role: "status" });

  return {
    element: element("div", { className: "notice-place" }, news, errors, spoken),

    /** Goes away by itself. */
    notify(text: string): void {
      const notice = element("p", { className: "notice" }, text);
      news.replaceChildren(notice);
      setTimeout(() => notice.remove(), SHOWN_MS);
    },

    /** Stays until it is closed, or until the next error. */
    showError(text: string): void {
      const notice = element("p", { className: "notice notice-bad" }, element("span", {}, text));
      notice.append(button(close, () => notice.remove(), { className: "quiet" }));
      errors.replaceChildren(notice);
    },

    /** Only read out: the page shows the same elsewhere. */
    readOut(text: string): void {
      spoken.replaceChildren(element("p", {}, text));
    },
  };
}
