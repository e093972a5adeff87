/** One message: the code large, and its life running out. */
import { copyButton } from "./copy.js";
import { element, setText } from "./element.js";
import { duration, timeOfDay } from "./time.js";

/** @import { Message } from "./control-call.d.ts" */
/** @import { Session } from "./session.js" */

const SECOND_MS = 1_000;

/**
 * `tick` brings what is left of its life up to date.
 * @param {Session} session
 * @param {Message} message
 */
export function messageCard(session, message) {
  const { say, clock } = session;
  const { code, sent_at, expires_at } = message;
  const expires = Date.parse(expires_at);
  const whole = Math.max(1, expires - Date.parse(sent_at));
  const left = element("span", { class: "left" });
  const life = element("progress", { max: whole, "aria-label": say("life") });
  const sent = element("span", { class: "muted" }, say("sentAt", { time: timeOfDay(sent_at) }));
  const copy = copyButton(session, say("copy"), say("copyCode", { code }), () => code);
  const made = element(
    "li",
    { class: "message" },
    element("div", { class: "message-code" }, element("strong", { class: "code" }, code), copy),
    about(session, message),
    element("div", { class: "message-life" }, left, life, sent),
  );
  return {
    made,
    tick() {
      const remaining = expires - clock.now();
      const isOver = remaining <= 0;
      made.classList.toggle("is-over", isOver);
      setText(left, isOver ? say("expired") : say("timeLeft", { time: duration(Math.ceil(remaining / SECOND_MS)) }));
      life.value = Math.max(0, Math.min(remaining, whole));
    },
  };
}

/**
 * @param {Session} session
 * @param {Message} message
 */
function about({ say }, { to, scene, channel, language, text }) {
  return element(
    "div",
    { class: "message-about" },
    element("span", { class: "receiver" }, to),
    element("span", { class: "chip" }, scene),
    element("span", { class: "muted" }, `${say(channel)} · ${say(language)}`),
    element("p", { class: "message-text", lang: language }, text),
  );
}
