/** `ciam-testkit/redis`: keeps the state of the sandboxes in Redis, for several processes that serve one mock. */
import type { Kind } from "../../core/records.ts";
import type { Read, Store, Writes } from "../../core/store.ts";
import { inSlices } from "../../lib/slices.ts";
import { Cache, type Cached, cached, parsed } from "./cache.ts";
import { channelPeers } from "./channel-peers.ts";
import { Connection } from "./connection.ts";
import { fieldOf, keysOf, recordsPattern, type SandboxKeys, sandboxOf } from "./names.ts";
import { COMMIT, DUMP, LOAD } from "./scripts.ts";
import { commitArguments, contentIn, type Dumped, type Entries, entriesIn, loadArguments } from "./values.ts";

export interface RedisStoreOptions {
  /** The start of all keys: mocks with the same one share their state. `ciam-testkit` by default. */
  readonly prefix?: string;
  /** A sandbox that was not used for so long is deleted. Seven days by default. */
  readonly idleSeconds?: number;
}

export interface RedisStore extends Store {
  /** Rejects if Redis cannot be used now. */
  open(): Promise<void>;
  /** Closes the connection, so that the process can end. Later calls reject. */
  close(): void;
}

const WEEK_SECONDS = 7 * 86_400;

/** A store for `createMock`. Throws for a URL or an option that is not possible. It connects when a mock is created with it. */
export function redisStore(url: string, options: RedisStoreOptions = {}): RedisStore {
  const { prefix = "ciam-testkit", idleSeconds = WEEK_SECONDS } = options;
  assertPossible(url, prefix, idleSeconds);
  const connection = new Connection(url, `${prefix}:${databaseOf(url)}:events`);
  const cache = new Cache();
  const idle = String(idleSeconds);
  const keys = (sandbox: string) => keysOf(prefix, sandbox);
  return {
    // A mock skips its own events, so each mock gets peers of its own.
    get peers() {
      return channelPeers(connection);
    },
    get(sandbox, kind, key) {
      const seen = cache.get(sandbox, kind, key);
      // The casts are safe: only records of this kind are stored under it.
      if (seen !== undefined) return seen.value as never;
      const wanted = [{ kind, key }, ...readTogether(kind, key)];
      return fetched(connection, keys(sandbox).records, wanted).then((found) => {
        for (const [index, one] of wanted.entries()) cache.set(sandbox, one.kind, one.key, found[index] as Cached);
        return found[0]?.value as never;
      });
    },
    async commit(sandbox, reads, writes) {
      const read = reads.map((one) => cache.read(sandbox, one));
      const outdated = await connection.run(COMMIT, all(keys(sandbox)), commitArguments(idle, read, writes));
      return remember(cache, sandbox, { reads, writes, outdated: outdated as Outdated });
    },
    async tail(sandbox, log, after) {
      const key = keys(sandbox)[log];
      return entriesIn((await connection.send(key, ["XRANGE", key, `(0-${after}`, "+"])) as Entries);
    },
    async drop(sandbox) {
      const names = all(keys(sandbox));
      await connection.send(names[0], ["UNLINK", ...names]);
      cache.drop(sandbox);
    },
    async sandboxes() {
      const found = await connection.keys(recordsPattern(prefix));
      return found.map((key) => sandboxOf(prefix, key));
    },
    async dump(sandbox) {
      const dumped = await connection.run(DUMP, all(keys(sandbox)), []);
      // The client types no script; DUMP returns these parts in this order.
      return inSlices(contentIn(dumped as unknown as Dumped));
    },
    async load(sandbox, content) {
      await connection.run(LOAD, all(keys(sandbox)), await inSlices(loadArguments(idle, content)));
      cache.drop(sandbox);
    },
    open: () => connection.open(),
    close: () => connection.close(),
  };
}

async function fetched(connection: Connection, records: string, wanted: readonly Key[]): Promise<readonly Cached[]> {
  const fields = wanted.map(({ kind, key }) => fieldOf(kind, key));
  const texts = (await connection.send(records, ["HMGET", records, ...fields])) as readonly (string | null)[];
  return wanted.map(({ kind, key }, index) => parsed(kind, key, texts[index] ?? ""));
}

interface Key {
  readonly kind: Kind;
  readonly key: string;
}

/** Whether another account gave up an identifier is always the next question. One round trip serves both. */
function readTogether(kind: Kind, key: string): readonly Key[] {
  return kind === "mobile" || kind === "email" ? [{ kind: "held", key: `${kind} ${key}` }] : [];
}

/** The place of each outdated read, counted from 1, and its current text. */
type Outdated = readonly (number | string)[];

/** Remembers what was written or, if reads were outdated, what is there now. Returns whether all was written. */
function remember(
  cache: Cache,
  sandbox: string,
  { reads, writes, outdated }: { reads: readonly Read[]; writes: Writes; outdated: Outdated },
): boolean {
  for (let at = 0; at < outdated.length; at += 2) {
    const { kind, key } = reads[Number(outdated[at]) - 1] as Read;
    cache.set(sandbox, kind, key, parsed(kind, key, String(outdated[at + 1])));
  }
  if (outdated.length > 0) return false;
  for (const { kind, key, value } of writes.changes) cache.set(sandbox, kind, key, cached(kind, key, value));
  return true;
}

function assertPossible(url: string, prefix: string, idleSeconds: number): void {
  const { protocol, pathname } = URL.parse(url) ?? {};
  if (protocol !== "redis:" && protocol !== "rediss:") {
    throw new Error("the URL of the store must be like redis://host:6379/0, or start with rediss:// for TLS");
  }
  if (!/^\/?\d*$/.test(pathname ?? "")) {
    throw new Error(`the URL of the store must end with the number of a database, such as /0, not with "${pathname}"`);
  }
  if (!/^[\w.:-]+$/.test(prefix)) {
    throw new Error(`the prefix must consist of letters, digits and any of _ . : - (it is "${prefix}")`);
  }
  if (!(Number.isSafeInteger(idleSeconds) && idleSeconds > 0)) {
    throw new Error(`idleSeconds must be a whole number above 0, not ${idleSeconds}`);
  }
}

/** The databases of one server share their channels, so each has a channel of its own name. */
function databaseOf(url: string): string {
  return new URL(url).pathname.slice(1) || "0";
}

/** In the order that the scripts expect. */
function all({ records, expiring, messages, requests }: SandboxKeys): readonly [string, string, string, string] {
  return [records, expiring, messages, requests];
}
