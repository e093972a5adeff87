/** The memory store as any store must be: all or nothing, conflicts noticed, what expired forgotten, logs of a thousand. */
import { expect, test } from "vitest";
import type { Store } from "../../mocks/index.ts";
import { memoryStore } from "../../mocks/stores/memory.ts";

type Reads = Parameters<Store["commit"]>[1];
type Writes = Parameters<Store["commit"]>[2];
type Change = Writes["changes"][number];

const BOX = "sandbox";

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

test("what was committed is there, under its kind and in its sandbox alone", async () => {
  const store = memoryStore();
  expect(await commit(store, [counter("a", 1), mobile("a", "alice")])).toBe(true);
  expect(await store.get(BOX, "counter", "a")).toBe(1);
  expect(await store.get(BOX, "mobile", "a")).toBe("alice");
  expect(await store.get(BOX, "email", "a")).toBeUndefined();
  expect(await store.get("another", "counter", "a")).toBeUndefined();
});

test("a change to undefined deletes", async () => {
  const store = memoryStore();
  await commit(store, [counter("a", 1), counter("b", 2)]);
  await commit(store, [counter("a", undefined)]);
  expect(await store.get(BOX, "counter", "a")).toBeUndefined();
  expect(await store.get(BOX, "counter", "b")).toBe(2);
});

test("a commit whose reads still hold applies all of its writes", async () => {
  const store = memoryStore();
  await commit(store, [counter("a", 1)]);
  const reads = [counter("a", 1), counter("b", undefined)];
  expect(await commit(store, [counter("a", 2), counter("b", 1), mobile("m", "alice")], reads)).toBe(true);
  expect(await store.get(BOX, "counter", "a")).toBe(2);
  expect(await store.get(BOX, "counter", "b")).toBe(1);
  expect(await store.get(BOX, "mobile", "m")).toBe("alice");
});

test.each([
  ["has another value", counter("a", 0)],
  ["was there and is not", counter("gone", 1)],
  ["was not there and is", counter("a", undefined)],
])("a commit is refused as a whole when something that was read %s", async (_what, outdated) => {
  const store = memoryStore();
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
});

test("an equal record that was written again is not the one that was read", async () => {
  const store = memoryStore();
  await commit(store, [token("t", 5)]);
  const read = await store.get(BOX, "token", "t");
  await commit(store, [token("t", 5)]);
  expect(await commit(store, [counter("a", 1)], [{ kind: "token", key: "t", value: read }])).toBe(false);
});

test("of two commits that read the same, the second one is refused", async () => {
  const store = memoryStore();
  const reads = [mobile("m", undefined)];
  expect(await commit(store, [mobile("m", "alice")], reads)).toBe(true);
  expect(await commit(store, [mobile("m", "bob")], reads)).toBe(false);
  expect(await store.get(BOX, "mobile", "m")).toBe("alice");
});

test("a commit to a sandbox that was dropped meanwhile is refused, and does not open it again", async () => {
  const store = memoryStore();
  await commit(store, [counter("a", 1)]);
  await store.drop(BOX);
  expect(await commit(store, [counter("a", 2)], [counter("a", 1)])).toBe(false);
  expect(await store.get(BOX, "counter", "a")).toBeUndefined();
});

test("dropping a sandbox forgets its records and logs, and no other sandbox's", async () => {
  const store = memoryStore();
  const writes: Writes = { changes: [counter("a", 1)], additions: [{ log: "messages", value: {} as never }], now: 0 };
  for (const name of [BOX, "another"]) await store.commit(name, [], writes);
  await store.drop(BOX);
  await store.drop("never opened");
  expect(await store.get(BOX, "counter", "a")).toBeUndefined();
  expect(await store.tail(BOX, "messages", 0)).toEqual([]);
  expect(await store.get("another", "counter", "a")).toBe(1);
  expect(await store.tail("another", "messages", 0)).toHaveLength(1);
});

test.each(["__proto__", "constructor", "", "\u0000", "a b"])("the key %j is a key like any other", async (key) => {
  const store = memoryStore();
  expect(await store.get(BOX, "counter", key)).toBeUndefined();
  await store.commit(key, [], { changes: [counter(key, 1)], additions: [], now: 0 });
  expect(await store.get(key, "counter", key)).toBe(1);
  expect(await store.get(BOX, "counter", key)).toBeUndefined();
});

/** How many of the tokens t0, t1, ... are still there. */
async function tokensLeft(store: Store, count: number): Promise<number> {
  let left = 0;
  for (let n = 0; n < count; n++) if ((await store.get(BOX, "token", `t${n}`)) !== undefined) left += 1;
  return left;
}

test("what is to be forgotten is gone after some writes, and what is not stays", async () => {
  const store = memoryStore();
  for (let n = 0; n < 1_000; n++) await commit(store, [token(`t${n}`, n % 10 === 0 ? 5_000 : 1_000)]);
  expect(await tokensLeft(store, 1_000)).toBe(1_000);
  for (let n = 0; n < 1_000; n++) await commit(store, [counter("writes", n)], [], 999);
  expect(await tokensLeft(store, 1_000)).toBe(1_000);
  for (let n = 0; n < 1_000; n++) await commit(store, [counter("writes", n)], [], 1_000);
  expect(await tokensLeft(store, 1_000)).toBe(100);
});

test("while records come and expire, only a small multiple of those alive is kept", async () => {
  const store = memoryStore();
  for (let now = 0; now < 10_000; now++) await commit(store, [token(`t${now}`, now + 100)], [], now);
  expect(await tokensLeft(store, 10_000)).toBeLessThan(200);
  expect(await store.get(BOX, "token", "t9999")).toBeDefined();
});

test("what only reads forgets nothing", async () => {
  const store = memoryStore();
  await commit(store, [token("t0", 1)]);
  for (let n = 0; n < 100; n++) await commit(store, [], [], 1_000);
  expect(await tokensLeft(store, 1)).toBe(1);
});

test("accounts, settings and counters are not forgotten", async () => {
  const store = memoryStore();
  await commit(store, [mobile("m", "alice"), { kind: "account", key: "alice", value: { id: "alice", passwords: [] } }]);
  for (let n = 0; n < 100; n++) await commit(store, [counter("writes", n)], [], Number.MAX_SAFE_INTEGER);
  expect(await store.get(BOX, "account", "alice")).toEqual({ id: "alice", passwords: [] });
  expect(await store.get(BOX, "mobile", "m")).toBe("alice");
});

async function addMessages(store: Store, count: number): Promise<void> {
  const additions = [{ log: "messages", value: {} as never }] as const;
  for (let n = 0; n < count; n++) await store.commit(BOX, [], { changes: [], additions, now: 0 });
}

const idsOf = async (store: Store, after: number) => (await store.tail(BOX, "messages", after)).map(({ id }) => id);

test("a log numbers its entries from 1, and tells those after one of them", async () => {
  const store = memoryStore();
  expect(await idsOf(store, 0)).toEqual([]);
  await addMessages(store, 3);
  expect(await idsOf(store, 0)).toEqual([1, 2, 3]);
  expect(await idsOf(store, 2)).toEqual([3]);
  expect(await idsOf(store, 3)).toEqual([]);
  expect(await store.tail(BOX, "requests", 0)).toEqual([]);
});

test.each([999, 1_000, 1_001, 1_999, 2_000, 2_001, 5_432])(
  "of %i entries a log keeps the last thousand",
  async (count) => {
    const store = memoryStore();
    await addMessages(store, count);
    const first = Math.max(1, count - 999);
    expect(await idsOf(store, 0)).toEqual(Array.from({ length: count - first + 1 }, (_, n) => first + n));
    expect(await idsOf(store, count - 1)).toEqual([count]);
  },
);
