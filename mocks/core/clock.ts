/** Time: the one place where real time enters, a clock for tests, and a sandbox's own time derived from either. */
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

/** The last moment of the year 9999; beyond it ISO 8601 needs more digits. */
export const LAST_MOMENT_MS = 253_402_300_799_999;

export function systemClock(): Clock {
  // biome-ignore lint/style/noRestrictedGlobals: the one place where real time enters
  return { now: () => Date.now() };
}

/** A clock that moves only when it is told to. */
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

/** The sandbox's time. It ends with the year 9999. */
export function timeOf(state: ClockState, clock: Clock): number {
  return Math.min(state.frozenAt ?? clock.now() + state.offsetMs, LAST_MOMENT_MS);
}

/** The state in which the sandbox's time is `now`, and stands still if `frozen`. */
export function clockAt(now: number, frozen: boolean, clock: Clock): ClockState {
  return { offsetMs: now - clock.now(), frozenAt: frozen ? now : null };
}

/** What lies beyond the year 9999 is written as its end. */
export function iso(ms: number): string {
  // biome-ignore lint/style/noRestrictedGlobals: writes a given time, reads none
  return new Date(Math.min(ms, LAST_MOMENT_MS)).toISOString();
}

/** Milliseconds, or undefined for what is no date or lies outside the years 1970 to 9999. */
export function parseIso(text: string): number | undefined {
  // biome-ignore lint/style/noRestrictedGlobals: parses a given time, reads none
  const ms = Date.parse(text);
  return ms >= 0 && ms <= LAST_MOMENT_MS ? ms : undefined;
}
