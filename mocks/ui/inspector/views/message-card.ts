/** One message: its code in large digits, and how long the code is still valid. */
import type { Message } from "../../../client/sandbox.ts";
import { duration } from "../../widgets/duration.ts";
import { element, setText } from "../../widgets/element.ts";
import type { Session } from "../app/session.ts";
import { timeOfDay } from "../app/time.ts";
import { copyButton } from "./copy-button.ts";
import { chip } from "./layout.ts";

const SECOND_MS = 1_000;

export function messageCard(session: Session, message: Message) {
  const { texts, clock } = session;
  const { code, sentAt, expiresAt } = message;
  const expires = Date.parse(expiresAt);
  const whole = Math.max(1, expires - Date.parse(sentAt));
  const left = element("span", { className: "left" });
  const life = element("progress", { max: whole, ariaLabel: texts.inbox.timeLeft });
  const sent = element("span", { className: "muted" }, texts.inbox.sentAt(timeOfDay(sentAt)));
  const copy = copyButton(session, texts.copy, texts.inbox.copyCode(code), () => code);
  const card = element(
    "li",
    { className: "message" },
    element("div", { className: "message-code" }, element("strong", { className: "code" }, code), copy),
    about(session, message),
    element("div", { className: "message-life" }, left, life, sent),
  );
  return {
    element: card,
    /** Shows the remaining time. */
    tick(): void {
      const remaining = expires - clock.now();
      const isOver = remaining <= 0;
      card.classList.toggle("is-over", isOver);
      setText(left, isOver ? texts.inbox.expired : texts.inbox.left(duration(Math.ceil(remaining / SECOND_MS))));
      life.value = Math.max(0, Math.min(remaining, whole));
    },
  };
}

function about({ texts }: Session, { to, scene, channel, language, text }: Message): HTMLElement {
  const how = `${texts.inbox.channels[channel]} · ${texts.languages[language]}`;
  return element(
    "div",
    { className: "message-about" },
    element("span", { className: "receiver" }, to),
    chip(scene),
    element("span", { className: "muted" }, how),
    element("p", { className: "message-text", lang: language }, text),
  );
}
