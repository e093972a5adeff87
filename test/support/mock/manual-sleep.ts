/** Waiting without time: each sleep of the mock lasts until the test ends it, or until it is aborted. */
import type { MockOptions } from "../../../mocks/index.ts";

interface Sleep {
  readonly ms: number;
  readonly signal: AbortSignal | undefined;
  /** Ends the sleep. */
  end(): void;
}

/** `sleep` is for createMock. */
export function sleeper() {
  const sleeps: Sleep[] = [];
  let announce = () => {};

  const sleep: NonNullable<MockOptions["sleep"]> = (ms, signal) =>
    new Promise((resolve) => {
      const end = () => resolve();
      sleeps.push({ ms, signal, end });
      signal?.addEventListener("abort", end, { once: true });
      announce();
    });

  /** Resolves once so many sleeps have started. */
  async function asleep(count = 1): Promise<void> {
    while (sleeps.length < count) {
      await new Promise<void>((resolve) => {
        announce = resolve;
      });
    }
  }

  return { sleep, sleeps, asleep };
}
