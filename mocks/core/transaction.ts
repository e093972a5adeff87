/** One attempt to change a sandbox: records what was read and stages what is written. */
import { runningClock } from "./clock.ts";
import type { ClockState, Expiring, Kind, Kinds, Log, Logs } from "./records.ts";
import type { Awaitable, LogAppend, Read, Store, Write } from "./store.ts";

/**
 * Thrown for a value that is not there yet. It suspends the walk, which is the work of the transaction. The engine does what the
 * suspension describes, and starts the walk again. Therefore no code of a walk may catch an exception.
 */
export class Suspension {
  /** Gets the value. */
  readonly work: () => Awaitable<unknown>;
  /** Gives the value to the transaction. */
  readonly done: (value: unknown) => void;

  constructor(work: () => Awaitable<unknown>, done: (value: unknown) => void) {
    this.work = work;
    this.done = done;
  }
}

export class Transaction {
  readonly sandbox: string;
  readonly #store: Pick<Store, "get" | "commit">;
  readonly #reads: Read[] = [];
  readonly #results: { readonly name: string; readonly value: unknown }[] = [];
  readonly #changes: Write[] = [];
  readonly #additions: LogAppend[] = [];
  #now = Number.NEGATIVE_INFINITY;
  #clock: ClockState = runningClock(0);

  constructor(store: Pick<Store, "get" | "commit">, sandbox: string) {
    this.#store = store;
    this.sandbox = sandbox;
  }

  /** Sets the sandbox's time, which is known once its settings are read. From then on, expired records are hidden. */
  startAt(now: number, clock: ClockState): void {
    this.#now = now;
    this.#clock = clock;
  }

  /** The state of the sandbox's clock. */
  get clock(): ClockState {
    return this.#clock;
  }

  /** Drops what is staged, for the next walk. What was read and waited for remains. */
  restart(): void {
    this.#changes.length = 0;
    this.#additions.length = 0;
  }

  /** The record as staged in this transaction, otherwise as stored. Suspends the walk if the store takes time. */
  get<K extends Kind>(kind: K, key: string): Kinds[K] | undefined {
    const seen = find(this.#changes, kind, key) ?? find(this.#reads, kind, key);
    if (seen !== undefined) return this.#known(seen.value);
    const value = this.#store.get(this.sandbox, kind, key);
    if (value instanceof Promise)
      throw new Suspension(
        () => value,
        (late) => this.#remember(kind, key, late),
      );
    return this.#known(this.#remember(kind, key, value));
  }

  /**
   * The result of work that takes time, such as a signature. The work starts when the walk is suspended, and it is done once for
   * all walks. Its name must name everything that the result depends on.
   */
  resultOf<T>(name: string, work: () => Awaitable<T>): T {
    const found = this.#results.find((result) => result.name === name);
    if (found === undefined) throw new Suspension(work, (value) => this.#results.push({ name, value }));
    return found.value as T;
  }

  set<K extends Kind>(kind: K, key: string, value: Kinds[K]): void {
    this.#stage(kind, key, value);
  }

  delete(kind: Kind, key: string): void {
    this.#stage(kind, key, undefined);
  }

  append<L extends Log>(log: L, value: Logs[L]): void {
    this.#additions.push({ log, value } as LogAppend);
  }

  /** The log entries that the commit appends. */
  get additions(): readonly LogAppend[] {
    return this.#additions;
  }

  /** The records that the commit writes. */
  get changes(): readonly Write[] {
    return this.#changes;
  }

  /** Whether no record has changed since it was read. Then the reads are a consistent snapshot. */
  holds(): Awaitable<boolean> {
    return this.#store.commit(this.sandbox, this.#reads, { changes: [], additions: [], now: this.#now });
  }

  /** Returns false, and writes nothing, if a record has changed since it was read. */
  commit(): Awaitable<boolean> {
    const writes = { changes: this.#changes, additions: this.#additions, now: this.#now };
    return this.#store.commit(this.sandbox, this.#reads, writes);
  }

  #remember<V>(kind: Kind, key: string, value: V): V {
    this.#reads.push({ kind, key, value } as Read);
    return value;
  }

  /** A store drops expired records at some later time. Hide them until then, so that the delay does not show. */
  #known<V>(value: V): V | undefined {
    const forgetAt = (value as Partial<Expiring> | undefined)?.forgetAt;
    return forgetAt !== undefined && forgetAt <= this.#now ? undefined : value;
  }

  #stage<K extends Kind>(kind: K, key: string, value: Kinds[K] | undefined): void {
    const staged = find(this.#changes, kind, key);
    if (staged === undefined) this.#changes.push({ kind, key, value } as Write);
    else staged.value = value;
  }
}

/** Increments the counter of this name and returns its new value. */
export function nextCount(tx: Transaction, name: string): number {
  const count = (tx.get("counter", name) ?? 0) + 1;
  tx.set("counter", name, count);
  return count;
}

/** A request reads only a few records: searching a list is faster than a map with composed keys. */
function find<K extends Kind>(list: readonly Read[], kind: K, key: string) {
  for (const item of list) {
    if (item.kind === kind && item.key === key) {
      return item as { kind: K; key: string; value: Kinds[K] | undefined };
    }
  }
  return undefined;
}
