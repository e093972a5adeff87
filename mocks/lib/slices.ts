/** Does long work in slices, so that other work of the event loop never waits for long. Short work is done at once. */
import { elapsedMs } from "../core/clock.ts";

const SLICE_MS = 20;

/** Runs the steps of a generator and returns its result. The generator yields wherever it may be interrupted. */
export async function inSlices<T>(steps: Iterator<void, T>): Promise<T> {
  const pause = pacer();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    const pausing = pause();
    if (pausing !== undefined) await pausing;
  }
}

/** Returns a function for a loop: its result is undefined, or a pause to wait for when the slice is over. */
export function pacer(): () => Promise<void> | undefined {
  let end = elapsedMs() + SLICE_MS;
  return () => {
    if (elapsedMs() < end) return undefined;
    return turn().then(() => {
      end = elapsedMs() + SLICE_MS;
    });
  };
}

/** Lets the event loop turn once, such as after a long step that cannot be divided. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
