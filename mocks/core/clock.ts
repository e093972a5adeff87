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
  // biome-ignore lint/style/noRestrictedGlobals: the only read of the date
  return { now: () => Date.now() };
}

/** Milliseconds since some moment in the past. Measures how long work takes; no rule of the API depends on it. */
export function elapsedMs(): number {
  return performance.now();
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

/** The clock of a sandbox that begins now: real time. */
export function runningClock(now: number): ClockState {
  return { offsetMs: 0, frozenAt: null, startedAt: now };
}

/** The sandbox's time in milliseconds since 1970. It stops at the end of the year 9999. */
export function timeOf(state: ClockState, clock: Clock): number {
  return Math.min(state.frozenAt ?? clock.now() + state.offsetMs, LAST_MOMENT_MS);
}

/** The state of the clock after it was set from one time to another. A frozen clock stands still there. `real`: real time. */
export function clockSetTo(
  { setBackMs = 0, ...before }: ClockState,
  { from, to, real, frozen }: { from: number; to: number; real: number; frozen: boolean },
): ClockState {
  const total = setBackMs + Math.max(0, from - to);
  const setBack = total === 0 ? {} : { setBackMs: total };
  return { ...before, ...setBack, offsetMs: to - real, frozenAt: frozen ? to : null };
}

/** The sandbox's time as it would be had its clock never been set back. It measures how long ago something was. */
export function steadyTime({ setBackMs = 0 }: ClockState, now: number): number {
  return now + setBackMs;
}

/** The day of the sandbox, from 0. No day comes twice, whatever the clock is set to. */
export function dayOf(clock: ClockState, now: number): number {
  return Math.max(0, Math.floor((steadyTime(clock, now) - (clock.startedAt ?? 0)) / DAY_MS));
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
