/** Times as they are read. All are in UTC, as on the wire. */

/**
 * `2026-01-01 00:05:00`
 * @param {number} ms
 */
export function dateAndTime(ms) {
  return new Date(ms).toISOString().slice(0, 19).replace("T", " ");
}

/**
 * `00:05:00`
 * @param {string} iso
 */
export function timeOfDay(iso) {
  return iso.slice(11, 19);
}

/**
 * `4:59`, `1:04:59`, `2d 01:04:59`
 * @param {number} seconds
 */
export function duration(seconds) {
  const whole = Math.abs(Math.round(seconds));
  const days = Math.floor(whole / 86_400);
  const hours = Math.floor((whole % 86_400) / 3_600);
  const minutes = Math.floor((whole % 3_600) / 60);
  const two = (/** @type {number} */ part) => String(part).padStart(2, "0");
  if (days > 0) return `${days}d ${two(hours)}:${two(minutes)}:${two(whole % 60)}`;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** The sandbox's clock as it was read, and how far it has come since; one that is frozen stands still. */
export class SandboxClock {
  #reading = { now: 0, offset: 0, frozen: true };
  #readAt = 0;

  /** @param {import("./control-call.d.ts").Clock} reading */
  read({ now, offset_seconds, frozen }) {
    this.#reading = { now: Date.parse(now), offset: offset_seconds, frozen };
    this.#readAt = performance.now();
  }

  get frozen() {
    return this.#reading.frozen;
  }

  /** Milliseconds since 1970. */
  now() {
    const { now, frozen } = this.#reading;
    return frozen ? now : now + performance.now() - this.#readAt;
  }

  /** How far it is ahead of the real time, in seconds; of no use where it is frozen, for then it changes all the time. */
  get offset() {
    return this.#reading.offset;
  }
}
