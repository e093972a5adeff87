/** The last codes that went out: copied with a click, and expired by moving the clock. */
import type { Message } from "../../client/sandbox.ts";
import { button, element, group } from "./element.ts";
import type { Desk } from "./overlay-context.ts";
import { rowsIn } from "./rows.ts";
import { span, type Words } from "./words.ts";

const SHOWN = 5;

export function codesGroup(desk: Desk) {
  const { words } = desk;
  const list = element("ul", { ariaLabel: words.codes });
  const none = element("p", { className: "quiet", hidden: true }, words.noCodes);
  const rows = rowsIn(list, (message: Message) => rowOf(message, desk));
  return {
    element: group(words.codes, none, list),
    /** Oldest first; the newest stands on top. */
    show(messages: readonly Message[]): void {
      none.hidden = messages.length > 0;
      rows.show(messages.slice(-SHOWN).reverse());
    },
    /** Shows how long each code is still good at this time; answers whether any is. */
    age(now: number): boolean {
      const alive = rows.all().filter((row) => row.age(now));
      return alive.length > 0;
    },
  };
}

function rowOf({ code, to, scene, expiresAt }: Message, { mock, words, act }: Desk) {
  const shown = element("strong", { className: "code" }, code);
  const life = element("span", { className: "life" });
  const copy = button(words.copy, () => act(() => copied(shown, words)), code);
  const expire = button(words.expire, () => act(expired), code);

  async function expired(): Promise<string> {
    const { now } = await mock.clock.read();
    const seconds = (Date.parse(expiresAt) - Date.parse(now)) / 1000;
    if (seconds <= 0) return words.hadExpired(code);
    await mock.clock.advance({ seconds });
    return words.hasExpired(code, span(Math.ceil(seconds)));
  }

  return {
    element: element(
      "li",
      {},
      element("div", { className: "line apart" }, shown, life),
      element("div", { className: "quiet" }, scene, element("br"), to),
      element("div", { className: "line" }, copy, expire),
    ),
    age(now: number): boolean {
      const seconds = Math.ceil((Date.parse(expiresAt) - now) / 1000);
      const alive = seconds > 0;
      life.textContent = alive ? words.left(span(seconds)) : words.expired;
      expire.ariaDisabled = String(!alive);
      return alive;
    },
  };
}

/** Without a clipboard, as on a page from another machine over plain HTTP, the code is selected. */
async function copied(shown: HTMLElement, words: Words): Promise<string> {
  const code = shown.textContent ?? "";
  try {
    await navigator.clipboard.writeText(code);
    return words.copied(code);
  } catch {
    getSelection()?.selectAllChildren(shown);
    return words.selected;
  }
}
