/** The interface of a store, which keeps the state of the sandboxes. */
import type { Peers } from "./events.ts";
import type { Entry, Kind, Kinds, Log, Logs } from "./records.ts";

export type Awaitable<T> = T | Promise<T>;

export type Read = { [K in Kind]: { kind: K; key: string; value: Kinds[K] | undefined } }[Kind];
/** The value `undefined` deletes the record. */
export type Write = Read;
export type LogAppend = { [L in Log]: { log: L; value: Logs[L] } }[Log];

export interface Writes {
  readonly changes: readonly Write[];
  readonly additions: readonly LogAppend[];
  /** The sandbox's time. The store may drop records whose `forgetAt` is at or before it. */
  readonly now: number;
}

/** The content of a sandbox without its journal. */
export interface Content {
  readonly records: readonly Read[];
  readonly messages: readonly Entry<"messages">[];
}

/** Keeps the state of the sandboxes. */
export interface Store {
  /** The other mocks that share this state; absent if the store belongs to one mock. */
  readonly peers?: Peers;
  /** May be outdated. A commit with this read tells. */
  get<K extends Kind>(sandbox: string, kind: K, key: string): Awaitable<Kinds[K] | undefined>;
  /** Applies all writes and returns true. If a record in `reads` has changed, it applies none and returns false. */
  commit(sandbox: string, reads: readonly Read[], writes: Writes): Awaitable<boolean>;
  /** The entries after the one with this id. */
  tail<L extends Log>(sandbox: string, log: L, after: number): Awaitable<readonly Entry<L>[]>;
  /** Deletes the sandbox and its content. */
  drop(sandbox: string): Awaitable<void>;
  /** The names of all sandboxes that have content. */
  sandboxes(): Awaitable<readonly string[]>;
  /** The content of the sandbox without its journal. */
  dump(sandbox: string): Awaitable<Content>;
  /** Replaces the whole content of the sandbox. */
  load(sandbox: string, content: Content): Awaitable<void>;
}

/** The store cannot be reached now. Whether the last write was carried out is unknown. The message is for the user. */
export class StoreUnavailable extends Error {
  override readonly name = "StoreUnavailable";
}
