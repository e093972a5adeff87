/**
 * The records that this process has seen last. They may be outdated: each commit compares them with Redis, which returns the
 * current ones of those that are. So nothing has to be invalidated.
 */
import type { Kind } from "../../core/records.ts";
import type { Read } from "../../core/store.ts";
import { fieldOf } from "./names.ts";

export interface Cached {
  readonly field: string;
  /** The JSON text; empty for a record that does not exist. */
  readonly text: string;
  readonly value: unknown;
}

export function cached(kind: Kind, key: string, value: unknown): Cached {
  return { field: fieldOf(kind, key), text: value === undefined ? "" : JSON.stringify(value), value };
}

export function parsed(kind: Kind, key: string, text: string): Cached {
  return { field: fieldOf(kind, key), text, value: text === "" ? undefined : JSON.parse(text) };
}

type Generation = Map<string, Map<Kind, Map<string, Cached>>>;

export class Cache {
  /** Of each of the two generations. */
  readonly #limit: number;
  #young: Generation = new Map();
  #old: Generation = new Map();
  #count = 0;

  constructor(limit = 10_000) {
    this.#limit = limit;
  }

  get(sandbox: string, kind: Kind, key: string): Cached | undefined {
    const young = this.#young.get(sandbox)?.get(kind)?.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(sandbox)?.get(kind)?.get(key);
    if (old !== undefined) this.set(sandbox, kind, key, old);
    return old;
  }

  /** The record that a transaction has read, which may be an older one than the cache has now. */
  read(sandbox: string, { kind, key, value }: Read): Cached {
    const now = this.get(sandbox, kind, key);
    return now !== undefined && now.value === value ? now : cached(kind, key, value);
  }

  /** When the young generation is full, it becomes the old one, and records that were not used since are forgotten. */
  set(sandbox: string, kind: Kind, key: string, record: Cached): void {
    if (this.#count >= this.#limit) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#count = 0;
    }
    const kinds = childOf(this.#young, sandbox);
    const records = childOf(kinds, kind);
    if (!records.has(key)) this.#count += 1;
    records.set(key, record);
  }

  drop(sandbox: string): void {
    this.#young.delete(sandbox);
    this.#old.delete(sandbox);
  }
}

function childOf<Key, ChildKey, Value>(parent: Map<Key, Map<ChildKey, Value>>, key: Key): Map<ChildKey, Value> {
  const child = parent.get(key) ?? new Map<ChildKey, Value>();
  if (child.size === 0) parent.set(key, child);
  return child;
}
