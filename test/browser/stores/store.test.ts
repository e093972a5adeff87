/** The rules for any store: atomic commits and detected conflicts. The memory store, the browser's and Redis pass one suite. */
import { expect, test } from "vitest";
import { BOX, type Change, commit, counter, mobile, stores, type Writes } from "../../support/browser/stores.ts";

test.for(stores)("$name: a committed record is found under its kind in its sandbox only", async ({ open }, context) => {
  const { store } = await open(context);
  expect(await commit(store, [counter("a", 1), mobile("a", "alice")])).toBe(true);
  expect(await store.get(BOX, "counter", "a")).toBe(1);
  expect(await store.get(BOX, "mobile", "a")).toBe("alice");
  expect(await store.get(BOX, "email", "a")).toBeUndefined();
  expect(await store.get("another", "counter", "a")).toBeUndefined();
});

test.for(stores)("$name: writing undefined deletes", async ({ open }, context) => {
  const { store } = await open(context);
  await commit(store, [counter("a", 1), counter("b", 2)]);
  await commit(store, [counter("a", undefined)]);
  expect(await store.get(BOX, "counter", "a")).toBeUndefined();
  expect(await store.get(BOX, "counter", "b")).toBe(2);
});

test.for(stores)("$name: a commit whose reads are unchanged applies all of its writes", async ({ open }, context) => {
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
  "$name: a commit is refused as a whole when a record it read $what",
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

test.for(stores)("$name: of two commits with the same reads, the second one is refused", async ({ open }, context) => {
  const { store } = await open(context);
  const reads = [mobile("m", undefined)];
  expect(await commit(store, [mobile("m", "alice")], reads)).toBe(true);
  expect(await commit(store, [mobile("m", "bob")], reads)).toBe(false);
  expect(await store.get(BOX, "mobile", "m")).toBe("alice");
});

test.for(stores)(
  "$name: a commit to a dropped sandbox is refused and does not create it again",
  async ({ open }, context) => {
    const { store } = await open(context);
    await commit(store, [counter("a", 1)]);
    await store.drop(BOX);
    expect(await commit(store, [counter("a", 2)], [counter("a", 1)])).toBe(false);
    expect(await store.get(BOX, "counter", "a")).toBeUndefined();
  },
);

test.for(stores)("$name: dropping a sandbox deletes its records and logs, and no others", async ({ open }, context) => {
  const { store } = await open(context);
  const writes: Writes = { changes: [counter("a", 1)], additions: [{ log: "messages", value: {} as never }], now: 0 };
  for (const name of [BOX, "another"]) await store.commit(name, [], writes);
  await store.drop(BOX);
  await store.drop("never opened");
  expect(await store.get(BOX, "counter", "a")).toBeUndefined();
  expect(await store.tail(BOX, "messages", 0)).toEqual([]);
  expect(await store.get("another", "counter", "a")).toBe(1);
  expect(await store.tail("another", "messages", 0)).toHaveLength(1);
});

test.for(stores)("$name: a commit that writes nothing creates no sandbox", async ({ open }, context) => {
  const { store } = await open(context);
  expect(await commit(store, [], [counter("a", undefined)])).toBe(true);
  expect(await store.sandboxes()).toEqual([]);
});

test.for(stores)("$name: any text can be a key", async ({ open }, context) => {
  const { store } = await open(context);
  for (const key of ["__proto__", "constructor", "", "\u0000", "a b", "é", "\ud800"]) {
    expect(await store.get(BOX, "counter", key)).toBeUndefined();
    await store.commit(key, [], { changes: [counter(key, 1)], additions: [], now: 0 });
    expect(await store.get(key, "counter", key)).toBe(1);
    expect(await store.get(BOX, "counter", key)).toBeUndefined();
  }
});
