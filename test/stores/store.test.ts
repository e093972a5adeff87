/**
 * What any store must be: all or nothing, conflicts noticed, what expired forgotten, logs of a thousand. The memory store and the
 * browser's, in a real browser, pass one suite.
 */
import { expect, type TestContext, test } from "vitest";
import type { Store } from "../../mocks/index.ts";
import { memoryStore } from "../../mocks/stores/memory.ts";
import { visitor } from "../support/browser.ts";
import { servePage } from "../support/served-page.ts";
import { openTab, STORE_MODULE, storeIn } from "../support/tab.ts";

type Reads = Parameters<Store["commit"]>[1];
type Writes = Parameters<Store["commit"]>[2];
type Change = Writes["changes"][number];

const BOX = "sandbox";

const { url } = await servePage(STORE_MODULE);

interface Opened {
  readonly store: Store;
  /** One commit after the other, near the store: a way through a browser for each would take its time. */
  writeAll(all: readonly Writes[]): Promise<void>;
}

interface StoreKind {
  readonly name: string;
  open(context: TestContext): Promise<Opened>;
}

const stores: readonly StoreKind[] = [
  {
    name: "memory",
    async open() {
      const store = memoryStore();
      const writeAll = async (all: readonly Writes[]) => {
        for (const writes of all) await store.commit(BOX, [], writes);
      };
      return { store, writeAll };
    },
  },
  {
    name: "browser",
    async open(context) {
      const { page } = await openTab(await visitor(context), url);
      const writeAll = (all: readonly Writes[]) =>
        page.evaluate(
          async ([box, given]) => {
            for (const writes of given) await store.commit(box, [], writes);
          },
          [BOX, all] as const,
        );
      return { store: await storeIn(page), writeAll };
    },
  },
];

function commit(store: Store, changes: readonly Change[], reads: Reads = [], now = 0) {
  return store.commit(BOX, reads, { changes, additions: [], now });
}

const counter = (key: string, value: number | undefined): Change => ({ kind: "counter", key, value });
const mobile = (key: string, value: string | undefined): Change => ({ kind: "mobile", key, value });
const token = (key: string, forgetAt: number): Change => ({
  kind: "token",
  key,
  value: { accountId: "alice", use: "id", expiresAt: 0, forgetAt },
});

test.for(stores)(
  "$name: what was committed is there, under its kind and in its sandbox alone",
  async ({ open }, context) => {
    const { store } = await open(context);
    expect(await commit(store, [counter("a", 1), mobile("a", "alice")])).toBe(true);
    expect(await store.get(BOX, "counter", "a")).toBe(1);
    expect(await store.get(BOX, "mobile", "a")).toBe("alice");
    expect(await store.get(BOX, "email", "a")).toBeUndefined();
    expect(await store.get("another", "counter", "a")).toBeUndefined();
  },
);

test.for(stores)("$name: a change to undefined deletes", async ({ open }, context) => {
  const { store } = await open(context);
  await commit(store, [counter("a", 1), counter("b", 2)]);
  await commit(store, [counter("a", undefined)]);
  expect(await store.get(BOX, "counter", "a")).toBeUndefined();
  expect(await store.get(BOX, "counter", "b")).toBe(2);
});

test.for(stores)("$name: a commit whose reads still hold applies all of its writes", async ({ open }, context) => {
  const { store } = await open(context);
  await commit(store, [counter("a", 1)]);
  const reads = [counter("a", 1), counter("b", undefined)];
  expect(await commit(store, [counter("a", 2), counter("b", 1), mobile("m", "alice")], reads)).toBe(true);
  expect(await store.get(BOX, "counter", "a")).toBe(2);
  expect(await store.get(BOX, "counter", "b")).toBe(1);
  expect(await store.get(BOX, "mobile", "m")).toBe("alice");
});

const outdatedReads: readonly [string, Change][] = [
  ["has another value", counter("a", 0)],
  ["was there and is not", counter("gone", 1)],
  ["was not there and is", counter("a", undefined)],
];

test.for(stores.flatMap(({ name, open }) => outdatedReads.map(([what, outdated]) => ({ name, open, what, outdated }))))(
  "$name: a commit is refused as a whole when something that was read $what",
  async ({ open, outdated }, context) => {
    const { store } = await open(context);
    await commit(store, [counter("a", 1), mobile("m", "alice")]);
    const reads = [mobile("m", "alice"), outdated];
    const message = { kind: "sms" } as never;
    const writes: Writes = {
      changes: [counter("a", 9), counter("new", 9), mobile("m", undefined)],
      additions: [{ log: "messages", value: message }],
      now: 0,
    };
    expect(await store.commit(BOX, reads, writes)).toBe(false);
    expect(await store.get(BOX, "counter", "a")).toBe(1);
    expect(await store.get(BOX, "counter", "new")).toBeUndefined();
    expect(await store.get(BOX, "mobile", "m")).toBe("alice");
    expect(await store.tail(BOX, "messages", 0)).toEqual([]);
  },
);

test.for(stores)("$name: of two commits that read the same, the second one is refused", async ({ open }, context) => {
  const { store } = await open(context);
  const reads = [mobile("m", undefined)];
  expect(await commit(store, [mobile("m", "alice")], reads)).toBe(true);
  expect(await commit(store, [mobile("m", "bob")], reads)).toBe(false);
  expect(await store.get(BOX, "mobile", "m")).toBe("alice");
});

test.for(stores)(
  "$name: a commit to a sandbox that was dropped meanwhile is refused, and does not open it again",
  async ({ open }, context) => {
    const { store } = await open(context);
    await commit(store, [counter("a", 1)]);
    await store.drop(BOX);
    expect(await commit(store, [counter("a", 2)], [counter("a", 1)])).toBe(false);
    expect(await store.get(BOX, "counter", "a")).toBeUndefined();
  },
);

test.for(stores)(
  "$name: dropping a sandbox forgets its records and logs, and no other sandbox's",
  async ({ open }, context) => {
    const { store } = await open(context);
    const writes: Writes = { changes: [counter("a", 1)], additions: [{ log: "messages", value: {} as never }], now: 0 };
    for (const name of [BOX, "another"]) await store.commit(name, [], writes);
    await store.drop(BOX);
    await store.drop("never opened");
    expect(await store.get(BOX, "counter", "a")).toBeUndefined();
    expect(await store.tail(BOX, "messages", 0)).toEqual([]);
    expect(await store.get("another", "counter", "a")).toBe(1);
    expect(await store.tail("another", "messages", 0)).toHaveLength(1);
  },
);

test.for(stores)("$name: any text is a key like any other", async ({ open }, context) => {
  const { store } = await open(context);
  for (const key of ["__proto__", "constructor", "", "\u0000", "a b", "é", "\ud800"]) {
    expect(await store.get(BOX, "counter", key)).toBeUndefined();
    await store.commit(key, [], { changes: [counter(key, 1)], additions: [], now: 0 });
    expect(await store.get(key, "counter", key)).toBe(1);
    expect(await store.get(BOX, "counter", key)).toBeUndefined();
  }
});

async function tokensLeft(store: Store): Promise<readonly string[]> {
  const { records } = await store.dump(BOX);
  return records.filter(({ kind }) => kind === "token").map(({ key }) => key);
}

/** So many writes at once after the other, each at its time. */
const times = (count: number, changes: (n: number) => readonly Change[], now: (n: number) => number): Writes[] =>
  Array.from({ length: count }, (_, n) => ({ changes: changes(n), additions: [], now: now(n) }));

const counted = (n: number) => [counter("writes", n)];

test.for(stores)(
  "$name: what is to be forgotten is gone after some writes, and what is not stays",
  async ({ open }, context) => {
    const { store, writeAll } = await open(context);
    await writeAll(
      times(
        500,
        (n) => [token(`t${n}`, n % 10 === 0 ? 5_000 : 1_000)],
        () => 0,
      ),
    );
    expect(await tokensLeft(store)).toHaveLength(500);
    await writeAll(times(500, counted, () => 999));
    expect(await tokensLeft(store)).toHaveLength(500);
    await writeAll(times(500, counted, () => 1_000));
    expect(await tokensLeft(store)).toHaveLength(50);
  },
);

test.for(stores)(
  "$name: while records come and expire, only a small multiple of those alive is kept",
  async ({ open }, context) => {
    const { store, writeAll } = await open(context);
    await writeAll(
      times(
        2_000,
        (now) => [token(`t${now}`, now + 100)],
        (now) => now,
      ),
    );
    const left = await tokensLeft(store);
    expect(left.length).toBeLessThan(200);
    expect(left).toContain("t1999");
  },
);

test.for(stores)("$name: what only reads forgets nothing", async ({ open }, context) => {
  const { store, writeAll } = await open(context);
  await commit(store, [token("t0", 1)]);
  await writeAll(
    times(
      100,
      () => [],
      () => 1_000,
    ),
  );
  expect(await tokensLeft(store)).toEqual(["t0"]);
});

test.for(stores)("$name: what is past its time in one sandbox stays in another", async ({ open }, context) => {
  const { store, writeAll } = await open(context);
  await store.commit("another", [], { changes: [token("t", 1)], additions: [], now: 0 });
  await writeAll(times(20, counted, () => 1_000));
  expect(await store.get("another", "token", "t")).toBeDefined();
});

test.for(stores)("$name: accounts, settings and counters are not forgotten", async ({ open }, context) => {
  const { store, writeAll } = await open(context);
  await commit(store, [mobile("m", "alice"), { kind: "account", key: "alice", value: { id: "alice", passwords: [] } }]);
  await writeAll(times(100, counted, () => Number.MAX_SAFE_INTEGER));
  expect(await store.get(BOX, "account", "alice")).toEqual({ id: "alice", passwords: [] });
  expect(await store.get(BOX, "mobile", "m")).toBe("alice");
});

/** Some in a commit of their own, most of them many at once. */
function addMessages(count: number): Writes[] {
  const ofLength = (length: number): Writes => {
    const additions = Array.from({ length }, () => ({ log: "messages", value: {} as never }) as const);
    return { changes: [], additions, now: 0 };
  };
  return [...Array.from({ length: Math.min(count, 3) }, () => ofLength(1)), ofLength(Math.max(0, count - 3))];
}

const idsOf = async (store: Store, after: number) => (await store.tail(BOX, "messages", after)).map(({ id }) => id);

test.for(stores)(
  "$name: a log numbers its entries from 1, and tells those after one of them",
  async ({ open }, context) => {
    const { store, writeAll } = await open(context);
    expect(await idsOf(store, 0)).toEqual([]);
    await writeAll(addMessages(3));
    expect(await idsOf(store, 0)).toEqual([1, 2, 3]);
    expect(await idsOf(store, 2)).toEqual([3]);
    expect(await idsOf(store, 3)).toEqual([]);
    expect(await store.tail(BOX, "requests", 0)).toEqual([]);
  },
);

const counts = [999, 1_000, 1_001, 2_500];

test.for(stores.flatMap(({ name, open }) => counts.map((count) => ({ name, open, count }))))(
  "$name: of $count entries a log keeps the last thousand",
  async ({ open, count }, context) => {
    const { store, writeAll } = await open(context);
    await writeAll(addMessages(count));
    const first = Math.max(1, count - 999);
    expect(await idsOf(store, 0)).toEqual(Array.from({ length: count - first + 1 }, (_, n) => first + n));
    expect(await idsOf(store, count - 1)).toEqual([count]);
  },
);

test.for(stores)(
  "$name: what is loaded stands in the place of all that was there, and logs go on from it",
  async ({ open }, context) => {
    const { store, writeAll } = await open(context);
    const request: Writes = {
      changes: [counter("a", 1)],
      additions: [{ log: "requests", value: {} as never }],
      now: 0,
    };
    await writeAll([request, ...addMessages(5)]);
    await store.load(BOX, { records: [counter("b", 2)], messages: [{ id: 7, value: {} as never }] });
    expect(await store.dump(BOX)).toEqual({ records: [counter("b", 2)], messages: [{ id: 7, value: {} }] });
    expect(await store.tail(BOX, "requests", 0)).toEqual([]);
    await writeAll(addMessages(1));
    expect(await idsOf(store, 0)).toEqual([7, 8]);
    expect(await store.sandboxes()).toEqual([BOX]);
  },
);
