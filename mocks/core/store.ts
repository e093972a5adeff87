/** The interface of a store: where the state of the sandboxes lives. Knows nothing of how or where it is kept. */
import type { Peers } from "./events.ts";
import type { Entry, Kind, Kinds, Log, Logs } from "./records.ts";

export type Awaitable<T> = T | Promise<T>;

export type Read = { [K in Kind]: { kind: K; key: string; value: Kinds[K] | undefined } }[Kind];
/** A change to `undefined` deletes. */
export type Write = Read;
export type LogAppend = { [L in Log]: { log: L; value: Logs[L] } }[Log];

export interface Writes {
  readonly changes: readonly Write[];
  readonly additions: readonly LogAppend[];
  /** The sandbox's time; what is to be forgotten before it may go. */
  readonly now: number;
}

/** All that a sandbox holds, but for its journal. */
export interface Content {
  readonly records: readonly Read[];
  readonly messages: readonly Entry<"messages">[];
}

/** Where the state of the sandboxes lives. */
export interface Store {
  /** The other mocks that work on the same state, if there may be any. */
  readonly peers?: Peers;
  get<K extends Kind>(sandbox: string, kind: K, key: string): Awaitable<Kinds[K] | undefined>;
  /** Applies all writes, or none and answers false, if anything in `reads` is no longer what was read. */
  commit(sandbox: string, reads: readonly Read[], writes: Writes): Awaitable<boolean>;
  /** What was added after the entry with this id. */
  tail<L extends Log>(sandbox: string, log: L, after: number): Awaitable<readonly Entry<L>[]>;
  /** Forgets the sandbox and all that is in it. */
  drop(sandbox: string): Awaitable<void>;
  /** The names of the sandboxes that hold something. */
  sandboxes(): Awaitable<readonly string[]>;
  /** All that the sandbox holds, but for its journal. */
  dump(sandbox: string): Awaitable<Content>;
  /** Puts this in the place of all that the sandbox holds. */
  load(sandbox: string, content: Content): Awaitable<void>;
}
