/**
 * A walk is the work of a transaction: one synchronous pass through the checks and the operation. It may be repeated, so it only
 * reads and stages. A value that is not there yet suspends the walk.
 */
import type { Awaitable } from "../core/store.ts";
import { Suspension, type Transaction } from "../core/transaction.ts";

/** Many more than any walk needs. */
const MOST_SUSPENSIONS = 1_000;

/** Walks until no value is missing. Returns a promise only if the walk was suspended or fails. */
export function walk<T>(tx: Transaction, work: () => T, suspensions = 0): Awaitable<T> {
  try {
    return work();
  } catch (reason) {
    return walkAgain(tx, work, reason, suspensions + 1);
  }
}

async function walkAgain<T>(tx: Transaction, work: () => T, reason: unknown, suspensions: number): Promise<T> {
  if (!(reason instanceof Suspension)) throw reason;
  if (suspensions > MOST_SUSPENSIONS) {
    throw new Error(`A request was suspended ${MOST_SUSPENSIONS} times: each repetition asks for something else`);
  }
  reason.done(await reason.work());
  tx.restart();
  return walk(tx, work, suspensions);
}

/** Maps a value or a promise. A value is mapped at once, so that nothing waits where nothing has to. */
export function mapMaybePromise<T, R>(value: Awaitable<T>, use: (value: T) => Awaitable<R>): Awaitable<R> {
  return value instanceof Promise ? value.then(use) : use(value as T);
}
