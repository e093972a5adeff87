/** The messages as they arrive, and how long each code still lives by the sandbox's clock. */
import { copyButton } from "./copy.js";
import { element, setText, showList } from "./element.js";
import { duration, timeOfDay } from "./time.js";

/** @import { Message } from "./control-call.d.ts" */
/** @import { Session, View } from "./session.js" */

/** As many as the mock keeps. */
const MOST = 1_000;

/**
 * @param {Session} session
 * @returns {View}
 */
export function inbox(session) {
  const { ask, say, clock } = session;
  /** @type {Map<string, Message>} */
  let messages = new Map();
  /** @type {WeakMap<HTMLElement, () => void>} */
  const ticks = new WeakMap();
  const list = element("ol", { class: "messages", "aria-label": say("inbox") });
  const none = element("p", { class: "empty", hidden: true }, say("inboxEmpty"));
  const wanted = element("input", {
    type: "search",
    placeholder: say("inboxSearch"),
    "aria-label": say("inboxSearch"),
    oninput: show,
  });

  /** @param {Message} message */
  function make(message) {
    const { made, tick } = card(session, message);
    ticks.set(made, tick);
    return made;
  }

  function show() {
    const text = wanted.value.trim().toLowerCase();
    const fitting = [...messages.values()].filter(({ to, scene, code }) => contains([to, scene, code], text));
    const newestFirst = fitting.sort((one, other) => Number(other.id) - Number(one.id)).slice(0, MOST);
    showList(list, newestFirst, ({ id }) => id, make);
    none.hidden = newestFirst.length > 0;
    setText(none, messages.size === 0 ? say("inboxEmpty") : say("nothingFits"));
    tick();
  }

  function tick() {
    for (const child of list.children) if (child instanceof HTMLElement) ticks.get(child)?.();
  }

  return {
    element: element("div", {}, element("div", { class: "tools" }, wanted), none, list),
    async load() {
      const fresh = new Map();
      messages = fresh;
      const answer = await ask("get", "/__testkit/messages");
      for (const message of answer.messages) fresh.set(message.id, message);
      if (messages === fresh) show();
    },
    heard(event) {
      if (event.type !== "message") return;
      messages.set(event.data.id, event.data);
      show();
    },
    tick,
  };

  /**
   * @param {Session} of
   * @param {Message} message
   */
  function card(of, message) {
    const { to, scene, code, channel, language, text, sent_at, expires_at } = message;
    const [sent, expires] = [Date.parse(sent_at), Date.parse(expires_at)];
    const left = element("span", { class: "left" });
    const life = element("progress", { max: Math.max(1, expires - sent), "aria-label": say("life") });
    const made = element(
      "li",
      { class: "message" },
      element(
        "div",
        { class: "message-code" },
        element("strong", { class: "code" }, code),
        copyButton(of, say("copy"), say("copyCode", { code }), () => code),
      ),
      element(
        "div",
        { class: "message-about" },
        element("span", { class: "receiver" }, to),
        element("span", { class: "chip" }, scene),
        element("span", { class: "muted" }, `${say(channel)} · ${say(language)}`),
        element("p", { class: "message-text", lang: language }, text),
      ),
      element(
        "div",
        { class: "message-life" },
        left,
        life,
        element("span", { class: "muted" }, say("sentAt", { time: timeOfDay(sent_at) })),
      ),
    );
    const tickOne = () => {
      const remaining = expires - clock.now();
      const isOver = remaining <= 0;
      made.classList.toggle("is-over", isOver);
      setText(left, isOver ? say("expired") : say("timeLeft", { time: duration(Math.ceil(remaining / 1_000)) }));
      life.value = Math.max(0, Math.min(remaining, expires - sent));
    };
    return { made, tick: tickOne };
  }
}

/**
 * @param {readonly (string | null)[]} values
 * @param {string} text
 */
export function contains(values, text) {
  return values.some((value) => value?.toLowerCase().includes(text));
}
