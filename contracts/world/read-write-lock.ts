/** A read-write lock: many cases share the world of the target, or one case has it alone. */

export interface ReadWriteLock {
  /** Runs the task with others, or alone, as soon as possible, in the order of the calls. */
  run<T>(alone: boolean, run: () => Promise<T>): Promise<T>;
}

export function readWriteLock(): ReadWriteLock {
  /** Settles when the last exclusive task is done. */
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
