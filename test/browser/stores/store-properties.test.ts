/** After any calls in any order, the browser's store and Redis return and hold the same as the memory store. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Store } from "../../../mocks/index.ts";
import { memoryStore } from "../../../mocks/stores/memory.ts";
import { visitor } from "../../support/browser/browser.ts";
import { servePage } from "../../support/browser/served-page.ts";
import { openTab, STORE_MODULE, storeIn } from "../../support/browser/tab.ts";
import { redisServer, storeOver } from "../../support/redis/redis.ts";

const { url } = await servePage(STORE_MODULE);

type Change = Parameters<Store["commit"]>[2]["changes"][number];
type Call =
  | { readonly do: "commit"; readonly box: string; readonly reads: Change[]; readonly changes: Change[]; added: number }
  | { readonly do: "drop"; readonly box: string }
  | { readonly do: "load"; readonly box: string; readonly records: Change[]; readonly messages: number }
  | { readonly do: "tail"; readonly box: string; readonly after: number };

/** Few of each, so that they collide. */
const BOXES = ["a", "b"] as const;
const box = fc.constantFrom(...BOXES);
const key = fc.constantFrom("x", "y", "");
const counter = fc.record({ kind: fc.constant("counter" as const), key, value: fc.constantFrom(undefined, 0, 1) });
const token = fc.record({
  kind: fc.constant("token" as const),
  key,
  value: fc.option(
    fc.nat(40).map((forgetAt) => ({ accountId: "alice", use: "id" as const, expiresAt: 0, forgetAt })),
    { nil: undefined },
  ),
});
const changes = fc.array(fc.oneof(counter, token), { maxLength: 4 });
const call: fc.Arbitrary<Call> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("commit" as const),
      box,
      // More would hardly ever hold.
      reads: fc.array(counter, { maxLength: 2 }),
      changes,
      added: fc.nat(3),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("drop" as const), box }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("load" as const),
      box,
      records: changes.map((all) => all.filter(({ value }) => value !== undefined)),
      messages: fc.nat(3),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("tail" as const), box, after: fc.nat(5) }) },
);

/** One call after the other, each a millisecond later; returns the results. Also runs in a page. */
async function carriedOut(calls: readonly Call[], store: Store): Promise<unknown[]> {
  const message = (text: string) => ({ text }) as never;
  const outcomes: unknown[] = [];
  for (const [now, one] of calls.entries()) {
    if (one.do === "drop") await store.drop(one.box);
    if (one.do === "tail") outcomes.push(await store.tail(one.box, "messages", one.after));
    if (one.do === "load") {
      const messages = Array.from({ length: one.messages }, (_, n) => ({
        id: n + 1,
        value: message(`loaded at ${now}`),
      }));
      await store.load(one.box, { records: one.records, messages });
    }
    if (one.do === "commit") {
      const log = now % 2 === 0 ? ("messages" as const) : ("requests" as const);
      const additions = Array.from({ length: one.added }, () => ({ log, value: message(`added at ${now}`) }));
      outcomes.push(await store.commit(one.box, one.reads, { changes: one.changes, additions, now }));
    }
  }
  return outcomes;
}

/** All records; the exact moment of purging is up to the store. */
async function heldBy(store: Store, now: number): Promise<unknown[]> {
  const held: unknown[] = [];
  for (const name of BOXES) {
    const { records, messages } = await store.dump(name);
    const alive = records.filter(({ value }) => ((value as { forgetAt?: number }).forgetAt ?? now) >= now);
    const inOrder = alive.map((record) => JSON.stringify(record)).sort();
    held.push(inOrder, messages, await store.tail(name, "requests", 0));
  }
  return held;
}

/** Compares a store with the memory store. `inStore` carries the calls out. Returns which results the commits had. */
async function compared(far: Store, inStore: (calls: readonly Call[]) => Promise<unknown[]>): Promise<Set<unknown>> {
  const results = new Set<unknown>();
  const property = fc.asyncProperty(fc.array(call, { maxLength: 25 }), async (calls) => {
    const near = memoryStore();
    for (const name of BOXES) await far.drop(name);
    const expected = await carriedOut(calls, near);
    for (const result of expected) if (typeof result === "boolean") results.add(result);
    expect(await inStore(calls)).toEqual(expected);
    expect(await heldBy(far, calls.length)).toEqual(await heldBy(near, calls.length));
  });
  await fc.assert(property, { numRuns: 200 });
  return results;
}

test("the same calls have the same results in memory and in a browser", async (context) => {
  const { page } = await openTab(await visitor(context), url);
  const far = await storeIn(page);
  await page.addScriptTag({ content: `${carriedOut}` });
  // The script tag has defined the function in the page, where no type reaches.
  const inPage = (calls: readonly Call[]) =>
    page.evaluate((all) => (globalThis as unknown as { carriedOut: typeof carriedOut }).carriedOut(all, store), calls);
  expect(await compared(far, inPage)).toEqual(new Set([true, false]));
});

test("the same calls have the same results in memory and in Redis", async (context) => {
  const far = storeOver(await redisServer(context));
  expect(await compared(far, (calls) => carriedOut(calls, far))).toEqual(new Set([true, false]));
});

test("two stores over one Redis, used by turns, return and hold the same as the memory store", async (context) => {
  const server = await redisServer(context);
  const far = storeOver(server);
  const other = storeOver(server);
  let calls = 0;
  const byTurns = new Proxy(far, {
    get: (_, method: keyof Store) => (calls++ % 2 === 0 ? far : other)[method],
  });
  expect(await compared(far, (all) => carriedOut(all, byTurns))).toEqual(new Set([true, false]));
});
