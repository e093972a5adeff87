/** Times as the inspector shows them. All are in UTC, as in the protocol. */
import type { ClockReading } from "../../../client/sandbox.ts";

/** `2026-01-01 00:05:00` */
export function dateAndTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace("T", " ");
}

/** `00:05:00` */
export function timeOfDay(iso: string): string {
  return iso.slice(11, 19);
}

/** The sandbox's clock: the last reading, and the time since then. A frozen clock stands still. */
export class SandboxClock {
  #reading = { now: 0, offset: 0, frozen: true };
  #readAt = 0;

  read({ now, offsetSeconds, frozen }: ClockReading): void {
    this.#reading = { now: Date.parse(now), offset: offsetSeconds, frozen };
    this.#readAt = performance.now();
  }

  get frozen(): boolean {
    return this.#reading.frozen;
  }

  /** Milliseconds since 1970. */
  now(): number {
    const { now, frozen } = this.#reading;
    return frozen ? now : now + performance.now() - this.#readAt;
  }

  /** Seconds ahead of real time. It means nothing while the clock is frozen. */
  get offset(): number {
    return this.#reading.offset;
  }
}
