/**
 * Sends the requests of a run at one pace, and again those that the target was too busy for. All cases share it. It
 * reads no clock: it only waits.
 */
import { Busy } from "./busy.ts";
import { turnsOf } from "./turns.ts";

/** Resolves after this time, or as soon as the signal is aborted. */
export type Pause = (ms: number, signal?: AbortSignal) => Promise<void>;

export interface PaceOptions {
  /** The greatest number of requests per second, to the API and of control calls together. By default no limit. */
  readonly rate?: number;
  /** Waits; by default with a timer. */
  readonly pause?: Pause;
  /** Aborted to end the run early: nothing waits any more. */
  readonly signal?: AbortSignal;
}

export interface Pace {
  /** Sends when it is the turn of this request; again if that throws `Busy`. `name` is the operation or the control call. */
  run<T>(name: string, send: () => Promise<T>): Promise<T>;
}

/** The waits between the tries of one request without Retry-After. So it is sent four times at most. */
const WAITS_MS: readonly number[] = [500, 1_000, 2_000];
/** How long one request waits at most, over all its tries. */
const LONGEST_WAIT_MS = 20_000;
/** After so many requests in a row for which the target stayed busy, further ones of the same name are sent once. */
const BUSY_IN_A_ROW = 3;

export function paceOf({ rate, pause = timer, signal }: PaceOptions = {}): Pace {
  if (rate !== undefined && !(rate > 0)) throw new RangeError(`The rate must be above 0, not ${rate}`);
  const isEnded = () => signal?.aborted === true;
  const wait = async (ms: number) => (isEnded() ? undefined : pause(ms, signal));
  const turns = turnsOf(rate === undefined ? 0 : 1_000 / rate, wait);
  const busyInARow = new Map<string, number>();

  /** Returns `Busy` in place of throwing it. */
  async function once<T>(send: () => Promise<T>): Promise<T | Busy> {
    if (!isEnded()) await turns.take();
    const speed = turns.speed();
    try {
      const result = await send();
      turns.calm();
      return result;
    } catch (error) {
      if (!(error instanceof Busy)) throw error;
      if (error.isTooMany) turns.slowDown(speed);
      return error;
    }
  }

  /** Too many requests concern all of them. A part of the target may be unavailable while the others work. */
  async function delay(busy: Busy, ms: number): Promise<void> {
    if (busy.isTooMany) turns.hold(ms);
    else await wait(ms);
  }

  function settled<T>(name: string, tried: T | Busy, isTooLong: boolean): T {
    if (!(tried instanceof Busy)) {
      busyInARow.delete(name);
      return tried;
    }
    busyInARow.set(name, (busyInARow.get(name) ?? 0) + 1);
    throw isTooLong ? tried.tooLong(LONGEST_WAIT_MS) : tried.stillBusy();
  }

  /** How long to wait before the next try; undefined if there is none. */
  function waitAfter(tried: unknown, usual: number): number | undefined {
    return tried instanceof Busy && !isEnded() ? (tried.retryAfterMs ?? usual) : undefined;
  }

  async function run<T>(name: string, send: () => Promise<T>): Promise<T> {
    const isHopeless = (busyInARow.get(name) ?? 0) >= BUSY_IN_A_ROW;
    let left = LONGEST_WAIT_MS;
    let tried = await once(send);
    for (const usual of isHopeless ? [] : WAITS_MS) {
      const ms = waitAfter(tried, usual);
      left -= ms ?? 0;
      if (ms === undefined || left < 0) break;
      await delay(tried as Busy, ms);
      tried = await once(send);
    }
    return settled(name, tried, left < 0);
  }

  return { run };
}

function timer(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(running);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const running = setTimeout(end, ms);
    if (signal?.aborted) end();
    else signal?.addEventListener("abort", end);
  });
}
