/** Time for a run of the suite that waits: it passes at once, as soon as no request is on its way. */
import type { Target } from "../../../contracts/index.ts";
import type { Pause } from "../../../contracts/target/pace.ts";

type Fetch = NonNullable<Target["fetch"]>;

interface Waiting {
  readonly until: number;
  end(): void;
}

export function virtualTime() {
  let now = 0;
  let onTheWay = 0;
  const waits: number[] = [];
  let waiting: Waiting[] = [];

  /** Lets the run go as far as it can first. */
  const goOn = () => void setImmediate(() => onTheWay === 0 && pass());

  function pass(): void {
    const [next] = waiting.toSorted((one, other) => one.until - other.until);
    if (next === undefined) return;
    waiting = waiting.filter((one) => one !== next);
    now = next.until;
    next.end();
    goOn();
  }

  const pause: Pause = (ms, signal) =>
    new Promise((resolve) => {
      waits.push(ms);
      const mine = { until: now + ms, end: () => resolve() };
      waiting.push(mine);
      signal?.addEventListener("abort", () => {
        waiting = waiting.filter((one) => one !== mine);
        resolve();
      });
      goOn();
    });

  /** Time stands still while such a request is on its way. */
  function watched(fetchIt: Fetch): Fetch {
    return async (url, init) => {
      onTheWay += 1;
      try {
        return await fetchIt(url, init);
      } finally {
        onTheWay -= 1;
        goOn();
      }
    };
  }

  /** `waits` are the waits so far, in milliseconds. */
  return { pause, watched, now: () => now, waits };
}
