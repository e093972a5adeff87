/** The sandbox's clock: its time, and the buttons that move it. */
import type { ClockReading } from "../../../client/sandbox.ts";
import { duration } from "../../widgets/duration.ts";
import { button, element, setText } from "../../widgets/element.ts";
import { field } from "../../widgets/field.ts";
import type { Session } from "./session.ts";
import { dateAndTime } from "./time.ts";

export function clockBar(session: Session) {
  const { mock, texts, clock, attempt } = session;
  const text = texts.clock;
  const face = clockFace(session);
  const freeze = button("", () => change(clock.frozen ? mock.clock.thaw : mock.clock.freeze));
  const steps = [
    step(text.steps.minute, 1),
    step(text.steps.fiveMinutes, 5),
    step(text.steps.hour, 60),
    step(text.steps.day, 24 * 60),
  ];
  const set = button(text.set, () => askForTime(session));

  function step(label: string, minutes: number): HTMLElement {
    return button(label, () => change(() => mock.clock.advance({ minutes })));
  }

  const change = (how: () => Promise<ClockReading>) =>
    attempt(async () => {
      clock.read(await how());
      tick();
    });

  function tick(): void {
    face.tick();
    setText(freeze, clock.frozen ? text.thaw : text.freeze);
  }

  return {
    element: element(
      "div",
      { className: "clock", role: "group", ariaLabel: text.title },
      face.element,
      element("div", { className: "clock-hands", role: "group", ariaLabel: text.change }, freeze, steps, set),
    ),
    tick,
    load: async () => clock.read(await mock.clock.read()),
  };
}

function clockFace({ texts, clock }: Session) {
  const text = texts.clock;
  const now = element("span", { className: "now" });
  const offset = element("span", { className: "muted offset" });
  const frozen = element("span", { className: "chip chip-warn" }, text.frozen);
  return {
    element: element(
      "div",
      { className: "clock-face" },
      now,
      element("span", { className: "muted" }, "UTC"),
      frozen,
      offset,
    ),
    tick(): void {
      const ahead = Math.round(clock.offset);
      setText(now, dateAndTime(clock.now()));
      setText(offset, ahead === 0 ? text.realTime : text[ahead > 0 ? "ahead" : "behind"](duration(ahead)));
      frozen.hidden = !clock.frozen;
      offset.hidden = clock.frozen;
    },
  };
}

function askForTime({ mock, texts, clock, ask }: Session): void {
  const text = texts.clock;
  const value = new Date(clock.now()).toISOString().slice(0, 19);
  const input = element("input", { type: "datetime-local", step: "1", name: "time", value, required: true });
  ask({
    title: text.setTitle,
    content: [field(text.timeUtc, input)],
    action: text.setAction,
    submit: async (form) => {
      const [date = "", time = ""] = String(form.get("time")).split("T");
      clock.read(await mock.clock.set(`${date}T${time.length === 5 ? `${time}:00` : time}Z`));
    },
  });
}
