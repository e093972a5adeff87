/** Remembers when each sandbox was last used, so that forgotten ones do not stay for ever. */
import { type Clock, DAY_MS } from "../core/clock.ts";

const LONGEST_IDLE_MS = 7 * DAY_MS;

export class IdleSandboxes {
  /** The time of the last use, by client id. The order is that of the last uses. */
  readonly #used = new Map<string, number>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  use(clientId: string): void {
    this.#used.delete(clientId);
    this.#used.set(clientId, this.#clock.now());
  }

  /** For a sandbox that is deleted. */
  forget(clientId: string): void {
    this.#used.delete(clientId);
  }

  /** The sandboxes that were not used for seven days of real time, each of them once. */
  takeExpired(): readonly string[] {
    const expired: string[] = [];
    for (const [clientId, at] of this.#used) {
      if (at > this.#clock.now() - LONGEST_IDLE_MS) break;
      expired.push(clientId);
      this.#used.delete(clientId);
    }
    return expired;
  }
}
