/** The open overlay. It is read when it opens and after each event; the clock is also read once a second. */
import type { Catalogue, ClockReading } from "../../client/sandbox.ts";
import { coalesced } from "../widgets/coalesce.ts";
import { element } from "../widgets/element.ts";
import { clockGroup } from "./clock.ts";
import { codesGroup } from "./codes.ts";
import { faultsGroup } from "./faults.ts";
import type { OverlayContext } from "./overlay-context.ts";

const SECOND_MS = 1_000;

export function panelOf(context: OverlayContext, signal: AbortSignal) {
  const { mock } = context;
  const [codes, clock, faults] = [codesGroup(context), clockGroup(context), faultsGroup(context)];
  const panel = element("div", { className: "panel" }, codes.element, clock.element, faults.element);
  const sayWhy = (error: Error) => context.say(error.message);
  let catalogue: Catalogue | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const load = coalesced(() => read().catch(sayWhy));

  async function read(): Promise<void> {
    if (signal.aborted) return;
    const [messages, waiting, reading] = await Promise.all([
      mock.messages.list(),
      mock.faults.list(),
      mock.clock.read(),
    ]);
    catalogue ??= await mock.catalogue.read();
    codes.show(messages);
    faults.show(waiting, catalogue);
    age(reading);
  }

  /** Reads the clock instead of counting: the time of a mock for tests moves only on demand. */
  function age(reading: ClockReading): void {
    clearTimeout(timer);
    clock.show(reading);
    const counting = codes.age(Date.parse(reading.now)) && !reading.frozen;
    if (!counting || panel.hidden || signal.aborted) return;
    timer = setTimeout(() => mock.clock.read().then(age, sayWhy), SECOND_MS);
  }

  signal.addEventListener("abort", () => clearTimeout(timer));
  return {
    element: panel,
    show(open: boolean): void {
      panel.hidden = !open;
      if (open) load();
      else clearTimeout(timer);
    },
  };
}
