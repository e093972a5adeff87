/** Work that is asked for more often than it needs to run. */

/**
 * Runs the work. Calls during a run cause one more run afterwards, however many they are.
 * The work must not reject.
 */
export function coalesced(work: () => Promise<unknown>): () => Promise<void> {
  let isRunning = false;
  let isWanted = false;
  return async () => {
    isWanted = true;
    if (isRunning) return;
    isRunning = true;
    while (isWanted) {
      isWanted = false;
      await work();
    }
    isRunning = false;
  };
}

/** Draws at most once per frame of the screen. */
export function oncePerFrame(draw: () => void): () => void {
  let isWanted = false;
  return () => {
    if (isWanted) return;
    isWanted = true;
    requestAnimationFrame(() => {
      isWanted = false;
      draw();
    });
  };
}
