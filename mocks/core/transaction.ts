/** One attempt at changing a sandbox: remembers what was read, stages what is written. Knows nothing of HTTP. */
import type { Expiring, Kind, Kinds, Log, Logs } from "./records.ts";
import type { Awaitable, LogAppend, Read, Store, Write } from "./store.ts";

export class Transaction {
  readonly sandbox: string;
  readonly #store: Pick<Store, "get" | "commit">;
  readonly #reads: Read[] = [];
  readonly #changes: Write[] = [];
  readonly #additions: LogAppend[] = [];
  #now = Number.NEGATIVE_INFINITY;

  constructor(store: Pick<Store, "get" | "commit">, sandbox: string) {
    this.#store = store;
    this.sandbox = sandbox;
  }

  /** The sandbox's time, known once its settings are read. From here on, what is to be forgotten is not there. */
  startAt(now: number): void {
    this.#now = now;
  }

  /** The record as this transaction has left it, or as the store has it. */
  get<K extends Kind>(kind: K, key: string): Awaitable<Kinds[K] | undefined> {
    const seen = find(this.#changes, kind, key) ?? find(this.#reads, kind, key);
    if (seen !== undefined) return this.#known(seen.value);
    const value = this.#store.get(this.sandbox, kind, key);
    if (value instanceof Promise) return value.then((late) => this.#remember(kind, key, late));
    return this.#remember(kind, key, value);
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

  /** What the commit writes. */
  get additions(): readonly LogAppend[] {
    return this.#additions;
  }

  get changes(): readonly Write[] {
    return this.#changes;
  }

  /** Whether all that was read is still so; then it was so all at once, and what follows from it is true. */
  holds(): Awaitable<boolean> {
    return this.#store.commit(this.sandbox, this.#reads, { changes: [], additions: [], now: this.#now });
  }

  /** False when something that was read has changed meanwhile; then nothing was written. */
  commit(): Awaitable<boolean> {
    const writes = { changes: this.#changes, additions: this.#additions, now: this.#now };
    return this.#store.commit(this.sandbox, this.#reads, writes);
  }

  #remember<K extends Kind>(kind: K, key: string, value: Kinds[K] | undefined) {
    this.#reads.push({ kind, key, value } as Read);
    return this.#known(value);
  }

  /** A store drops what is past its time when it comes by; whether it has come by yet must not show. */
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

/** How many things of this name there are now, this one included. */
export async function nextCount(tx: Transaction, name: string): Promise<number> {
  const count = ((await tx.get("counter", name)) ?? 0) + 1;
  tx.set("counter", name, count);
  return count;
}

/** A request reads a handful of records, so a list is searched faster than a map of composed keys. */
function find<K extends Kind>(list: readonly Read[], kind: K, key: string) {
  for (const item of list) {
    if (item.kind === kind && item.key === key) {
      return item as { kind: K; key: string; value: Kinds[K] | undefined };
    }
  }
  return undefined;
}
