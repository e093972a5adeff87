/** The sandbox's clock: what it shows, and what moves it. */
import { askPerson } from "./dialog.js";
import { element, setText } from "./element.js";
import { field } from "./field.js";
import { dateAndTime, duration } from "./time.js";

/** @import { Schemas } from "./control-call.d.ts" */
/** @import { Session } from "./session.js" */
/** @import { Word } from "./words.js" */

/** @type {readonly (readonly [Word, number])[]} */
const steps = [
  ["oneMinute", 60],
  ["fiveMinutes", 300],
  ["oneHour", 3_600],
  ["oneDay", 86_400],
];

/** @param {Session} session */
export function clockBar(session) {
  const { ask, say, clock, attempt } = session;
  const now = element("span", { class: "now" });
  const offset = element("span", { class: "muted offset" });
  const frozen = element("span", { class: "chip chip-warn" }, say("frozen"));
  const freeze = element("button", { type: "button", onclick: () => change({ frozen: !clock.frozen }) });
  const forward = steps.map(([word, seconds]) =>
    element("button", { type: "button", onclick: () => change({ advance_seconds: seconds }) }, say(word)),
  );
  const set = element("button", { type: "button", onclick: () => askForTime(session) }, say("setTime"));

  /** @param {Schemas["ClockChange"]} body */
  function change(body) {
    return attempt(async () => {
      clock.read(await ask("post", "/__testkit/clock", { body }));
      tick();
    });
  }

  function tick() {
    setText(now, dateAndTime(clock.now()));
    const ahead = Math.round(clock.offset);
    setText(offset, ahead === 0 ? say("realTime") : say(ahead > 0 ? "ahead" : "behind", { time: duration(ahead) }));
    setText(freeze, say(clock.frozen ? "thaw" : "freeze"));
    frozen.hidden = !clock.frozen;
    offset.hidden = clock.frozen;
  }

  return {
    element: element(
      "div",
      { class: "clock", role: "group", "aria-label": say("clock") },
      element("div", { class: "clock-face" }, now, element("span", { class: "muted" }, "UTC"), frozen, offset),
      element(
        "div",
        { class: "clock-hands", role: "group", "aria-label": say("clockChange") },
        freeze,
        ...forward,
        set,
      ),
    ),
    tick,
    load: async () => clock.read(await ask("get", "/__testkit/clock")),
  };
}

/** @param {Session} session */
function askForTime(session) {
  const { ask, say, clock } = session;
  const value = new Date(clock.now()).toISOString().slice(0, 19);
  const input = element("input", { type: "datetime-local", step: 1, name: "time", value, required: true });
  askPerson(session, {
    title: say("setTimeTitle"),
    content: [field(say("timeUtc"), input)],
    action: say("setTimeAction"),
    submit: async (form) => {
      const [date = "", time = ""] = String(form.get("time")).split("T");
      const set = `${date}T${time.length === 5 ? `${time}:00` : time}Z`;
      clock.read(await ask("post", "/__testkit/clock", { body: { set } }));
    },
  });
}
