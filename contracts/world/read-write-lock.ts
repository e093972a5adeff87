/** Who may run at the same time: many that share the target's world, or one that changes it for all. */

export interface ReadWriteLock {
  /** Runs beside others, or alone, as soon as that is possible; in the order of asking. */
  run<T>(alone: boolean, run: () => Promise<T>): Promise<T>;
}

export function readWriteLock(): ReadWriteLock {
  /** Settles when the last one who was alone has done. */
  let lastAlone: Promise<unknown> = Promise.resolve();
  let since: Promise<unknown>[] = [];
  return {
    run(alone, run) {
      const before = alone ? Promise.all([lastAlone, ...since]) : lastAlone;
      const result = before.then(run);
      const settled = result.catch(() => undefined);
      if (alone) {
        lastAlone = settled;
        since = [];
      } else since.push(settled);
      return result;
    },
  };
}
