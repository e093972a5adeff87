/** Reads and changes the sandbox's time. */
import { clockSetTo, iso, LAST_MOMENT_MS, parseIso, SECOND_MS, timeOf } from "../core/clock.ts";
import type { ClockState } from "../core/records.ts";
import { changeSettings, type MockContext } from "../engine/transact.ts";
import { badRequest, type ControlContext, type Handlers, inSandbox, type Schemas } from "./calls.ts";

export const clock: Handlers<"readClock" | "setClock"> = {
  readClock: (_input, context) => readingOf(context),

  async setClock({ body }, context) {
    const reading = await inSandbox(context, ({ tx, settings, now }) => {
      const start = body.set === undefined ? now : parseIso(body.set);
      const then = start === undefined ? Number.NaN : start + (body.advance_seconds ?? 0) * SECOND_MS;
      if (!(then <= LAST_MOMENT_MS)) throw badRequest("the time must lie within the years 1970 to 9999");
      const frozen = body.frozen ?? settings.clock.frozenAt !== null;
      // For a running clock, use the real time at which `now` was read: the time since then is not part of the change.
      const real = settings.clock.frozenAt === null ? now - settings.clock.offsetMs : context.mock.clock.now();
      const changed = clockSetTo(settings.clock, { from: now, to: Math.round(then), real, frozen });
      changeSettings(tx, { ...settings, clock: changed });
      return onWire(changed, context.mock);
    });
    context.mock.events.emit({ type: "clock", clientId: context.clientId });
    return reading;
  },
};

export function readingOf(context: ControlContext): Promise<Schemas["Clock"]> {
  return inSandbox(context, ({ settings }) => onWire(settings.clock, context.mock));
}

function onWire(state: ClockState, { clock }: MockContext): Schemas["Clock"] {
  // Read real time once: between two reads it goes on, and an unchanged clock would seem to be behind.
  const real = clock.now();
  const now = timeOf(state, { now: () => real });
  return { now: iso(now), offset_seconds: (now - real) / SECOND_MS, frozen: state.frozenAt !== null };
}
