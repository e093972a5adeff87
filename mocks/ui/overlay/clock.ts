/** The sandbox's clock: how far it is from real time, ahead, and back. */
import type { ClockReading } from "../../client/sandbox.ts";
import { button, element, group } from "./element.ts";
import type { Desk } from "./overlay-context.ts";
import { span, type Words } from "./words.ts";

export function clockGroup({ mock, words, act }: Desk) {
  const shown = element("p");

  const ahead = (minutes: number) =>
    button(words.plus(minutes), () =>
      act(async () => {
        await mock.clock.advance({ minutes });
        return words.isAhead(minutes);
      }),
    );

  async function reset(): Promise<string> {
    const { now, offsetSeconds } = await mock.clock.thaw();
    await mock.clock.set(new Date(Date.parse(now) - offsetSeconds * 1000).toISOString());
    return words.isReset;
  }

  return {
    element: group(
      words.clock,
      shown,
      element(
        "div",
        { className: "line" },
        ahead(1),
        ahead(5),
        button(words.reset, () => act(reset)),
      ),
    ),
    show(reading: ClockReading): void {
      shown.textContent = said(reading, words);
    },
  };
}

function said({ now, offsetSeconds, frozen }: ClockReading, words: Words): string {
  if (frozen) return words.frozen(now);
  // What the clock is set to takes a moment to arrive there.
  const seconds = Math.round(offsetSeconds);
  if (seconds === 0) return words.realTime;
  return seconds > 0 ? words.ahead(span(seconds)) : words.behind(span(-seconds));
}
