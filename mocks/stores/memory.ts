/** Keeps the state of the sandboxes in memory: one map for each kind of record. Does not interpret the records. */
import type { Entry, Expiring, Kind, Kinds, Log, Logs } from "../core/records.ts";
import type { Content, LogAppend, Read, Store, Write, Writes } from "../core/store.ts";
import { inSlices } from "../lib/slices.ts";

type Records = { readonly [K in Kind]: Map<string, Kinds[K]> };

interface Sandbox {
  readonly records: Records;
  readonly sweeps: readonly Sweep[];
  readonly logs: { readonly [L in Log]: Tail<L> };
}

export function memoryStore(): Store {
  const sandboxes = new Map<string, Sandbox>();
  return {
    get: (sandbox, kind, key) => sandboxes.get(sandbox)?.records[kind].get(key),
    commit(name, reads, writes) {
      const sandbox = sandboxes.get(name);
      if (!reads.every((read) => recordOf(sandbox, read) === read.value)) return false;
      if (sandbox === undefined && writes.changes.length + writes.additions.length === 0) return true;
      apply(sandbox ?? open(sandboxes, name), writes);
      return true;
    },
    tail: (sandbox, log, after) => sandboxes.get(sandbox)?.logs[log].after(after) ?? [],
    drop(sandbox) {
      sandboxes.delete(sandbox);
    },
    sandboxes: () => [...sandboxes.keys()],
    dump(name) {
      const sandbox = sandboxes.get(name);
      return { records: sandbox ? recordsOf(sandbox) : [], messages: sandbox?.logs.messages.after(0) ?? [] };
    },
    load: (name, content) => inSlices(loading(sandboxes, name, content)),
  };
}

/** Values are never changed in place, so comparing object identities is enough. */
function recordOf(sandbox: Sandbox | undefined, { kind, key }: Read): unknown {
  return sandbox?.records[kind].get(key);
}

/** The last step replaces the sandbox, so that no reader sees a part of the new content. */
function* loading(sandboxes: Map<string, Sandbox>, name: string, content: Content): Generator<void, void> {
  const sandbox = emptySandbox();
  for (const record of content.records) {
    applyChange(sandbox.records, record);
    yield;
  }
  sandbox.logs.messages.restore(content.messages);
  sandboxes.set(name, sandbox);
}

function open(sandboxes: Map<string, Sandbox>, name: string): Sandbox {
  const sandbox = emptySandbox();
  sandboxes.set(name, sandbox);
  return sandbox;
}

function emptySandbox(): Sandbox {
  const records: Records = {
    settings: new Map(),
    account: new Map(),
    mobile: new Map(),
    email: new Map(),
    username: new Map(),
    held: new Map(),
    challenge: new Map(),
    pass: new Map(),
    code: new Map(),
    sendings: new Map(),
    token: new Map(),
    permit: new Map(),
    faults: new Map(),
    counter: new Map(),
  };
  const { held, challenge, pass, code, sendings, token, permit } = records;
  return {
    records,
    sweeps: [held, challenge, pass, code, sendings, token, permit].map((map) => new Sweep(map)),
    logs: { messages: new Tail(), requests: new Tail() },
  };
}

function recordsOf({ records }: Sandbox): Read[] {
  return Object.entries(records).flatMap(([kind, map]: [string, Map<string, unknown>]) =>
    Array.from(map, ([key, value]) => ({ kind, key, value }) as Read),
  );
}

function apply(sandbox: Sandbox, { changes, additions, now }: Writes): void {
  for (const change of changes) applyChange(sandbox.records, change);
  for (const addition of additions) applyAddition(sandbox.logs, addition);
  if (changes.length > 0) for (const sweep of sandbox.sweeps) sweep.step(now);
}

function applyChange(records: Records, { kind, key, value }: Write): void {
  const map: Map<string, unknown> = records[kind];
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}

function applyAddition(logs: Sandbox["logs"], addition: LogAppend): void {
  if (addition.log === "messages") logs.messages.add(addition.value);
  else logs.requests.add(addition.value);
}

/**
 * Drops expired records, a few after each write. It walks through the map again and again, faster than writes add records. So the
 * map stays within a small factor of the live records, without a timer and without sorting by time.
 */
class Sweep {
  static readonly RECORDS_PER_STEP = 2;
  readonly #records: Map<string, Expiring>;
  #position: MapIterator<[string, Expiring]>;

  constructor(records: Map<string, Expiring>) {
    this.#records = records;
    this.#position = records.entries();
  }

  step(now: number): void {
    for (let i = 0; i < Sweep.RECORDS_PER_STEP; i++) {
      const next = this.#position.next();
      if (next.done) {
        this.#position = this.#records.entries();
        return;
      }
      const [key, record] = next.value;
      if (record.forgetAt <= now) this.#records.delete(key);
    }
  }
}

/** The last entries of a log, numbered from 1. */
class Tail<L extends Log> {
  static readonly KEPT = 1_000;
  #entries: Entry<L>[] = [];
  #count = 0;

  add(value: Logs[L]): void {
    this.#count += 1;
    this.#entries.push({ id: this.#count, value });
    // Cut off half of the entries at once, so that the cost is spread over many additions.
    if (this.#entries.length >= 2 * Tail.KEPT) this.#entries = this.#entries.slice(-Tail.KEPT);
  }

  restore(entries: readonly Entry<L>[]): void {
    this.#entries = [...entries];
    this.#count = entries.at(-1)?.id ?? 0;
  }

  after(id: number): readonly Entry<L>[] {
    const first = Math.max(this.#entries.length - Tail.KEPT, 0);
    return this.#entries.slice(Math.max(first, this.#placeAfter(id)));
  }

  /** The place of the first entry with a higher id, in few steps: many calls may wait for the next entry. */
  #placeAfter(id: number): number {
    let [low, high] = [0, this.#entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#entries[middle]?.id ?? 0) > id) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
