/** The system clock, a manual clock for tests, and the time of a sandbox, which is derived from either. */
import type { ClockState } from "./records.ts";

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

export interface ManualClock extends Clock {
  advance(ms: number): void;
}

export const SECOND_MS = 1_000;
export const DAY_MS = 86_400_000;

/** The last millisecond of the year 9999: later years need more digits in ISO 8601. */
export const LAST_MOMENT_MS = 253_402_300_799_999;

export function systemClock(): Clock {
  // biome-ignore lint/style/noRestrictedGlobals: the only read of real time
  return { now: () => Date.now() };
}

/** A clock that stands still until `advance` moves it. `startMs`: milliseconds since 1970. */
export function manualClock(startMs = 0): ManualClock {
  let now = startMs;
  return {
    now: () => now,
    advance(ms) {
      now += ms;
    },
  };
}

export const RUNNING_CLOCK: ClockState = { offsetMs: 0, frozenAt: null };

/** The sandbox's time in milliseconds since 1970. It stops at the end of the year 9999. */
export function timeOf(state: ClockState, clock: Clock): number {
  return Math.min(state.frozenAt ?? clock.now() + state.offsetMs, LAST_MOMENT_MS);
}

/** The clock state that gives the sandbox the time `now`. A frozen clock stands still there. */
export function clockAt(now: number, frozen: boolean, clock: Clock): ClockState {
  return { offsetMs: now - clock.now(), frozenAt: frozen ? now : null };
}

/** ISO 8601 in UTC. Times after the year 9999 are written as its last millisecond. */
export function iso(ms: number): string {
  // biome-ignore lint/style/noRestrictedGlobals: formats a given time
  return new Date(Math.min(ms, LAST_MOMENT_MS)).toISOString();
}

/** Milliseconds since 1970; undefined if the text is not a date or lies outside the years 1970 to 9999. */
export function parseIso(text: string): number | undefined {
  // biome-ignore lint/style/noRestrictedGlobals: parses a given time
  const ms = Date.parse(text);
  return ms >= 0 && ms <= LAST_MOMENT_MS ? ms : undefined;
}
