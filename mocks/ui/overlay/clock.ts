/** The sandbox's clock: how far it is from real time, and the buttons that move it. */
import type { ClockReading } from "../../client/sandbox.ts";
import type { Texts } from "../i18n/overlay/en.ts";
import { duration } from "../widgets/duration.ts";
import { button, element } from "../widgets/element.ts";
import { group, line } from "./group.ts";
import type { OverlayContext } from "./overlay-context.ts";

export function clockGroup({ mock, texts, act }: OverlayContext) {
  const shown = element("p");

  const ahead = (minutes: number) =>
    button(texts.plus(minutes), () =>
      act(async () => {
        await mock.clock.advance({ minutes });
        return texts.moved(minutes);
      }),
    );

  async function reset(): Promise<string> {
    const { now, offsetSeconds } = await mock.clock.thaw();
    await mock.clock.set(new Date(Date.parse(now) - offsetSeconds * 1000).toISOString());
    return texts.wasReset;
  }

  const buttons = line(
    ahead(1),
    ahead(5),
    button(texts.reset, () => act(reset)),
  );
  return {
    element: group(texts.clock, shown, buttons),
    show(reading: ClockReading): void {
      shown.textContent = described(reading, texts);
    },
  };
}

function described({ now, offsetSeconds, frozen }: ClockReading, texts: Texts): string {
  if (frozen) return texts.frozen(now);
  // A moment passes between setting the clock and reading it.
  const seconds = Math.round(offsetSeconds);
  return seconds === 0 ? texts.realTime : texts[seconds > 0 ? "ahead" : "behind"](duration(seconds));
}
