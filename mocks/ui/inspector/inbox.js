/** The messages as they arrive, and how long each code still lives by the sandbox's clock. */
import { element, inNextFrame, setText, showList } from "./element.js";
import { Log } from "./log.js";
import { messageCard } from "./message-card.js";
import { contains } from "./search.js";

/** @import { Message } from "./control-call.d.ts" */
/** @import { Session, View } from "./session.js" */

/**
 * @param {Session} session
 * @returns {View}
 */
export function inbox(session) {
  const { ask, say } = session;
  /** @type {Log<Message>} */
  const messages = new Log();
  /** @type {WeakMap<Element, () => void>} */
  const ticks = new WeakMap();
  const list = element("ol", { class: "messages", "aria-label": say("inbox") });
  const none = element("p", { class: "empty", hidden: true });
  const wanted = element("input", {
    type: "search",
    placeholder: say("inboxSearch"),
    "aria-label": say("inboxSearch"),
    oninput: show,
  });
  const showSoon = inNextFrame(show);

  /** @param {Message} message */
  function make(message) {
    const { made, tick } = messageCard(session, message);
    ticks.set(made, tick);
    return made;
  }

  function show() {
    const text = wanted.value.trim().toLowerCase();
    const all = messages.newestFirst();
    const fitting = all.filter(({ to, scene, code }) => contains([to, scene, code], text));
    showList(list, fitting, ({ id }) => id, make);
    none.hidden = fitting.length > 0;
    setText(none, say(all.length === 0 ? "inboxEmpty" : "nothingFits"));
    tickAll();
  }

  function tickAll() {
    for (const child of list.children) ticks.get(child)?.();
  }

  return {
    element: element("div", {}, element("div", { class: "tools" }, wanted), none, list),
    load: () => messages.fill(async () => (await ask("get", "/__testkit/messages")).messages).then(show),
    heard(event) {
      if (event.type !== "message") return;
      messages.add(event.data);
      showSoon();
    },
    tick: tickAll,
  };
}
