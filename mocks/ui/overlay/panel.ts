/** What is shown while the overlay is open: read when it opens and when something happens; the clock once a second besides. */
import type { Catalogue, ClockReading } from "../../client/sandbox.ts";
import { clockGroup } from "./clock.ts";
import { codesGroup } from "./codes.ts";
import { element } from "./element.ts";
import { faultsGroup } from "./faults.ts";
import type { Desk } from "./overlay-context.ts";

const SECOND_MS = 1_000;

export function panelOf(desk: Desk, signal: AbortSignal) {
  const { mock } = desk;
  const [codes, clock, faults] = [codesGroup(desk), clockGroup(desk), faultsGroup(desk)];
  const panel = element("div", { className: "panel" }, codes.element, clock.element, faults.element);
  const sayWhy = (error: Error) => desk.say(error.message);
  let catalogue: Catalogue | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let looking = false;
  let again = false;

  /** Reads it all anew; what happens meanwhile is read once more afterwards. */
  async function look(): Promise<void> {
    again = true;
    if (looking) return;
    looking = true;
    while (again && !signal.aborted) {
      again = false;
      await read().catch(sayWhy);
    }
    looking = false;
  }

  async function read(): Promise<void> {
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

  /** The clock is asked and not reckoned: the time of a mock for tests moves only when it is told to. */
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
      if (open) look();
      else clearTimeout(timer);
    },
  };
}
