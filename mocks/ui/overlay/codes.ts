/** The last codes: a click copies one, or lets it expire by moving the clock. */
import type { Message } from "../../client/sandbox.ts";
import type { Texts } from "../i18n/overlay/en.ts";
import { copyText } from "../widgets/clipboard.ts";
import { duration } from "../widgets/duration.ts";
import { element } from "../widgets/element.ts";
import { rowsIn } from "../widgets/rows.ts";
import { buttonAbout, group, line } from "./group.ts";
import type { OverlayContext } from "./overlay-context.ts";

const SHOWN = 5;

export function codesGroup(context: OverlayContext) {
  const { texts } = context;
  const list = element("ul", { ariaLabel: texts.codes });
  const none = element("p", { className: "quiet", hidden: true }, texts.noCodes);
  const rows = rowsIn(
    list,
    (message: Message) => message.id,
    (message) => rowOf(message, context),
  );
  return {
    element: group(texts.codes, none, list),
    /** Gets the messages oldest first, and shows the newest on top. */
    show(messages: readonly Message[]): void {
      none.hidden = messages.length > 0;
      rows.show(messages.slice(-SHOWN).reverse());
    },
    /** Shows how long each code is still valid at this time; returns whether any is. */
    age(now: number): boolean {
      const alive = rows.all().filter((row) => row.age(now));
      return alive.length > 0;
    },
  };
}

function rowOf({ code, to, scene, expiresAt }: Message, { mock, texts, act }: OverlayContext) {
  const shown = element("strong", { className: "code" }, code);
  const life = element("span", { className: "life" });
  const copy = buttonAbout(texts.copy, code, () => act(() => copied(shown, code, texts)));
  const expire = buttonAbout(texts.expire, code, () => act(expired));

  async function expired(): Promise<string> {
    const { now } = await mock.clock.read();
    const seconds = (Date.parse(expiresAt) - Date.parse(now)) / 1000;
    if (seconds <= 0) return texts.hadExpired(code);
    await mock.clock.advance({ seconds });
    return texts.hasExpired(code, duration(Math.ceil(seconds)));
  }

  return {
    element: element(
      "li",
      {},
      element("div", { className: "line apart" }, shown, life),
      element("div", { className: "quiet" }, scene, element("br"), to),
      line(copy, expire),
    ),
    age(now: number): boolean {
      const seconds = Math.ceil((Date.parse(expiresAt) - now) / 1000);
      const alive = seconds > 0;
      life.textContent = alive ? texts.left(duration(seconds)) : texts.expired;
      expire.ariaDisabled = String(!alive);
      return alive;
    },
  };
}

/** Without a clipboard the code is selected. */
async function copied(shown: HTMLElement, code: string, texts: Texts): Promise<string> {
  if (await copyText(code)) return texts.copied(code);
  getSelection()?.selectAllChildren(shown);
  return texts.selected;
}
