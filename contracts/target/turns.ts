/** Turns to send: an interval apart, none while they are on hold, and less often once they were too many. */

export interface Turns {
  /** Resolves when it is the turn of the caller. */
  take(): Promise<void>;
  /** Changes each time the turns slow down. */
  speed(): number;
  /** Turns that were taken at one speed slow it down once. */
  slowDown(speed: number): void;
  /** Gives no turn for this time. */
  hold(ms: number): void;
  /** A turn was of use. After many of them, the turns are faster again. */
  calm(): void;
}

/** The interval after the first slow-down. Each further one doubles it. */
const FIRST_INTERVAL_MS = 10;
const LONGEST_INTERVAL_MS = 1_000;
/** After so many turns without a slow-down, the interval is halved. */
const CALM_TURNS = 200;

/** `ownInterval` is the interval from the start, in milliseconds; 0 for none. */
export function turnsOf(ownInterval: number, wait: (ms: number) => Promise<void>): Turns {
  let interval = ownInterval;
  let speed = 0;
  let calmTurns = 0;
  let holds = 0;
  let held: Promise<unknown> = Promise.resolve();
  let isGiving = false;
  const waiting: (() => void)[] = [];

  async function give(): Promise<void> {
    isGiving = true;
    while (waiting.length > 0) {
      while (holds > 0) await held;
      waiting.shift()?.();
      if (interval > 0) await wait(interval);
    }
    isGiving = false;
  }

  return {
    async take() {
      if (interval === 0 && holds === 0 && !isGiving) return;
      const turn = new Promise<void>((resolve) => waiting.push(resolve));
      if (!isGiving) void give();
      await turn;
    },
    speed: () => speed,
    slowDown(before) {
      if (before !== speed) return;
      speed += 1;
      calmTurns = 0;
      interval = Math.max(interval, Math.min(Math.max(FIRST_INTERVAL_MS, interval * 2), LONGEST_INTERVAL_MS));
    },
    hold(ms) {
      holds += 1;
      const over = wait(ms).then(() => {
        holds -= 1;
      });
      held = Promise.all([held, over]);
    },
    calm() {
      if (interval === ownInterval) return;
      calmTurns += 1;
      if (calmTurns < CALM_TURNS) return;
      calmTurns = 0;
      interval = interval / 2 < FIRST_INTERVAL_MS ? ownInterval : Math.max(ownInterval, interval / 2);
    },
  };
}
