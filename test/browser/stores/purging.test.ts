/** What any store purges: expired records and the beginning of long logs. */
import { expect, test } from "vitest";
import type { Store } from "../../../mocks/index.ts";
import { BOX, type Change, commit, counter, mobile, stores, token, type Writes } from "../../support/browser/stores.ts";

async function tokensLeft(store: Store): Promise<readonly string[]> {
  const { records } = await store.dump(BOX);
  return records.filter(({ kind }) => kind === "token").map(({ key }) => key);
}

/** So many writes one after the other, each at its time. */
const times = (count: number, changes: (n: number) => readonly Change[], now: (n: number) => number): Writes[] =>
  Array.from({ length: count }, (_, n) => ({ changes: changes(n), additions: [], now: now(n) }));

const counted = (n: number) => [counter("writes", n)];

test.for(stores)(
  "$name: records due to be purged are gone after some writes, others stay",
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
  "$name: while records expire, at most a small multiple of the live ones is kept",
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

test.for(stores)("$name: reads purge nothing", async ({ open }, context) => {
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

test.for(stores)("$name: records due in one sandbox stay in another", async ({ open }, context) => {
  const { store, writeAll } = await open(context);
  await store.commit("another", [], { changes: [token("t", 1)], additions: [], now: 0 });
  await writeAll(times(20, counted, () => 1_000));
  expect(await store.get("another", "token", "t")).toBeDefined();
});

test.for(stores)("$name: accounts, settings and counters are never purged", async ({ open }, context) => {
  const { store, writeAll } = await open(context);
  await commit(store, [mobile("m", "alice"), { kind: "account", key: "alice", value: { id: "alice", passwords: [] } }]);
  await writeAll(times(100, counted, () => Number.MAX_SAFE_INTEGER));
  expect(await store.get(BOX, "account", "alice")).toEqual({ id: "alice", passwords: [] });
  expect(await store.get(BOX, "mobile", "m")).toBe("alice");
});

/** Some in their own commit, most in large ones. */
function addMessages(count: number): Writes[] {
  const ofLength = (length: number): Writes => {
    const additions = Array.from({ length }, () => ({ log: "messages", value: {} as never }) as const);
    return { changes: [], additions, now: 0 };
  };
  return [...Array.from({ length: Math.min(count, 3) }, () => ofLength(1)), ofLength(Math.max(0, count - 3))];
}

const idsOf = async (store: Store, after: number) => (await store.tail(BOX, "messages", after)).map(({ id }) => id);

test.for(stores)("$name: a log numbers its entries from 1 and returns those after an id", async ({ open }, context) => {
  const { store, writeAll } = await open(context);
  expect(await idsOf(store, 0)).toEqual([]);
  await writeAll(addMessages(3));
  expect(await idsOf(store, 0)).toEqual([1, 2, 3]);
  expect(await idsOf(store, 2)).toEqual([3]);
  expect(await idsOf(store, 3)).toEqual([]);
  expect(await store.tail(BOX, "requests", 0)).toEqual([]);
});

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
  "$name: loading replaces all records, and logs continue from the loaded ones",
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
