/** Long work lets the event loop turn in between, and its result is the same as if it did not. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Snapshot } from "../../mocks/index.ts";
import { inSlices } from "../../mocks/lib/slices.ts";
import { stillMock } from "../support/mock/api.ts";

/** More records than one part of a validation has. */
const MANY = 300;

/** A clock on which each step takes longer than a slice. */
beforeEach(() => {
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => {
    now += 1_000;
    return now;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
});

function* steps(count: number): Generator<void, string> {
  for (let step = 0; step < count; step++) yield;
  return "done";
}

/** Calls `work` in each turn of the event loop until the promise settles; returns how often. */
async function turnsOf(promise: Promise<unknown>, work: () => unknown = () => {}): Promise<number> {
  let isOver = false;
  let turns = 0;
  const end = () => {
    isOver = true;
  };
  promise.then(end, end);
  while (!isOver) {
    await new Promise((resolve) => setImmediate(resolve));
    if (isOver) break;
    turns += 1;
    await work();
  }
  return turns;
}

async function manyAccounts(): Promise<Snapshot> {
  const mock = stillMock();
  await mock.accounts.create({ username: "ada" });
  const snapshot = await mock.snapshot.take();
  const account = Object.values(snapshot.records.account)[0] ?? { passwords: [] };
  const all = Array.from({ length: MANY }, (_, index) => [`id-${index}`, { ...account, username: `user-${index}` }]);
  return { ...snapshot, records: { ...snapshot.records, account: Object.fromEntries(all) } };
}

test("slow steps let the event loop turn, and quick ones do not", async () => {
  const slow = inSlices(steps(20));
  expect(await turnsOf(slow)).toBeGreaterThanOrEqual(10);
  expect(await slow).toBe("done");
  vi.restoreAllMocks();
  vi.spyOn(performance, "now").mockReturnValue(0);
  expect(await turnsOf(inSlices(steps(10_000)))).toBe(0);
});

test("a snapshot has the state of one moment, although others change the sandbox meanwhile", async () => {
  const mock = stillMock();
  await mock.snapshot.restore(await manyAccounts());
  let count = 0;
  const taking = mock.snapshot.take();
  const turns = await turnsOf(taking, async () => {
    count += 1;
    await mock.accounts.create({ username: `new-${count}` });
    if (count <= 100) await mock.accounts.delete(`id-${count}`);
  });
  expect(turns).toBeGreaterThan(10);
  const { account } = (await taking).records;
  const after = Object.values(account).filter(({ username }) => username?.startsWith("new-"));
  expect(Object.keys(account).filter((id) => id.startsWith("id-"))).toHaveLength(MANY - after.length);
  expect(after.length).toBeLessThan(3);
});

test("a restore is one step for everyone else", async () => {
  const snapshot = await manyAccounts();
  const mock = stillMock();
  const { id } = await mock.accounts.create({ username: "before" });
  const seen: number[] = [];
  const restoring = mock.snapshot.restore(snapshot);
  const turns = await turnsOf(restoring, async () => void seen.push((await mock.accounts.list()).length));
  await restoring;
  expect(turns).toBeGreaterThan(10);
  expect([...new Set(seen)].every((count) => count === 1 || count === MANY)).toBe(true);
  expect(seen[0]).toBe(1);
  await expect(mock.accounts.read(id)).rejects.toThrow();
  expect((await mock.snapshot.take()).records).toEqual(snapshot.records);
});

test.each([0, 199, 200, MANY - 1])(
  "an invalid record of a large snapshot is named, and nothing changes: place %d",
  async (place) => {
    const snapshot = await manyAccounts();
    const mock = stillMock();
    await mock.accounts.create({ username: "before" });
    const before = await mock.snapshot.take();
    const account = { ...snapshot.records.account, [`id-${place}`]: { passwords: "many" } };
    const damaged = { ...snapshot, records: { ...snapshot.records, account } } as unknown as Snapshot;
    await expect(mock.snapshot.restore(damaged)).rejects.toThrow(`body/records/account/id-${place}/passwords`);
    expect(await mock.snapshot.take()).toEqual(before);
  },
);
