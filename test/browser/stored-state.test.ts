/** Storage that this version would not have written: dropped with one warning, and requests still get responses. */
import fc from "fast-check";
import { expect, type TestContext, test } from "vitest";
import { DEMO_ACCOUNT } from "../../mocks/adapters/demo.ts";
import { visitor } from "../support/browser/browser.ts";
import type { Table } from "../support/browser/raw-database.ts";
import { servePage } from "../support/browser/served-page.ts";
import { openTab, storeIn, TAB_MODULE, type Tab } from "../support/browser/tab.ts";
import { altered, type Json, placesIn } from "../support/mock/altered.ts";
import { stillMock } from "../support/mock/api.ts";
import { fillSandbox } from "../support/mock/filled-sandbox.ts";
import { operations } from "../unit/spec/documents.ts";

const { url } = await servePage(TAB_MODULE);

const ownTab = async (context: TestContext) => openTab(await visitor(context), url);

/** What a new mock over the page's storage knows about the two user names of a test. */
function usernames({ page }: Tab, store = "ciam-testkit"): Promise<readonly string[]> {
  return page.evaluate(
    async ([account, name]) => {
      const own = testkit.opened({ accounts: [account], store: testkit.browserStore({ name }) });
      const { records } = await own.snapshot.take();
      return Object.values(records.account).map(({ username }) => username ?? "");
    },
    [DEMO_ACCOUNT, store] as const,
  );
}

const dropped = (name: string, reason: string) =>
  `warning: The stored state "${name}" was dropped, and the mock starts fresh: ${reason}`;

const KEY = ["sandbox", "kind", "key"];
const OLDER = "an older version wrote it";
const FOREIGN = "it cannot be read: NotFoundError";

const databases: readonly [whose: string, version: number, tables: readonly Table[], reason: string][] = [
  ["an older version", 1, [{ table: "rows", keyPath: KEY }], OLDER],
  ["somebody else, of the lowest version", 1, [{ table: "theirs" }, { table: "more" }], OLDER],
  ["a newer version", 3, [{ table: "rows", keyPath: KEY }], "a newer version wrote it"],
  ["somebody else", 2, [{ table: "theirs" }], FOREIGN],
  ["somebody else who stores nothing", 2, [], FOREIGN],
  ["the owner is unknown, with half of what is needed", 2, [{ table: "rows", keyPath: KEY }], FOREIGN],
];

test.for(databases)(
  "a database of %s is dropped with one warning",
  async ([_whose, version, tables, reason], context) => {
    const tab = await ownTab(context);
    await tab.page.evaluate(([wanted, all]) => testkit.makeDatabase("ciam-testkit", wanted, all), [
      version,
      tables,
    ] as const);
    expect(await usernames(tab)).toEqual(["demo"]);
    expect(tab.printed).toEqual([expect.stringContaining(dropped("ciam-testkit", reason))]);
    await tab.page.evaluate(() => mock.accounts.create({ username: "alice" }));
    await tab.reload();
    expect((await usernames(tab)).toSorted()).toEqual(["alice", "demo"]);
    expect(tab.printed).toHaveLength(1);
  },
);

const noAccount = { id: "x", mobile: "+86-1", passwords: [] };
const damages: Readonly<Record<string, object>> = {
  "a clock without an offset": { kind: "settings", key: "", value: { clock: {}, policy: { all: {}, dialects: {} } } },
  "an account without passwords": { kind: "account", key: "x", value: { id: "x" } },
  "an account of another id": { kind: "account", key: "x", value: { id: "y", passwords: [] } },
  "an account whose number leads nowhere": { kind: "account", key: "x", value: noAccount },
  "a number without an account": { kind: "mobile", key: "+86-13800000009", value: "nobody" },
  "a number that its account does not have": { kind: "mobile", key: "+86-13800000009", value: "demo" },
  "a code without a time": { kind: "code", key: "x", value: { issued: [], count: 1 } },
  "a token without a time": { kind: "token", key: "x", value: { accountId: "demo", use: "id", expiresAt: 1 } },
  "a count that is a text": { kind: "counter", key: "account", value: "many" },
  "a count without end": { kind: "counter", key: "account", value: Number.POSITIVE_INFINITY },
  "faults that are not a list": { kind: "faults", key: "sendSms", value: {} },
  "a message without a text": { kind: "messages", key: 1, value: {} },
  "a message that is nothing": { kind: "messages", key: 1, value: null },
  "a request under a text": { kind: "requests", key: "one", value: {} },
  "an unknown kind": { kind: "theirs", key: "x", value: 1 },
  "a kind that every object has": { kind: "constructor", key: "x", value: 1 },
  "a sandbox that was not opened": { sandbox: "another", kind: "counter", key: "x", value: 1 },
};

test("storage with one invalid row is dropped with one warning", async (context) => {
  const tab = await ownTab(context);
  for (const [what, damage] of Object.entries(damages)) {
    await usernames(tab, what);
    await tab.page.evaluate(
      async ([name, row]) => {
        await mock.accounts.create({ username: "alice" });
        await testkit.putRows(name, [{ sandbox: mock.clientId, ...row }]);
      },
      [what, damage] as const,
    );
    expect(await usernames(tab, what), what).toEqual(["demo"]);
    expect(tab.printed.splice(0), what).toEqual([expect.stringContaining(dropped(what, ""))]);
  }
});

test("of two tabs that find damaged storage at once, one warns", async (context) => {
  const own = await visitor(context);
  const tabs = [await openTab(own, url), await openTab(own, url)];
  const [first] = tabs as [Tab];
  await usernames(first);
  await first.page.evaluate(() =>
    testkit.putRows("ciam-testkit", [{ sandbox: mock.clientId, kind: "counter", key: "account", value: "many" }]),
  );
  await Promise.all(tabs.map((tab) => tab.reload()));
  await Promise.all(tabs.map(({ page }) => page.evaluate(() => testkit.opened().clock.read())));
  expect(tabs.flatMap(({ printed }) => printed)).toHaveLength(1);
});

const odd = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, true, "", "0", "reset", [], {}, [{}], { x: null }),
  fc.constantFrom(0, -1, 0.5, 1e15, 1e300, -1e300),
  fc.jsonValue({ maxDepth: 2 }),
);

test("with any one odd value, storage is dropped with one warning or all operations work", {
  timeout: 120_000,
}, async (context) => {
  const tab = await ownTab(context);
  await fillSandbox(stillMock({ sleep: async () => {}, store: await storeIn(tab.page) }));
  const text = JSON.stringify(await tab.page.evaluate(() => testkit.rowsOf("ciam-testkit")));
  const asked = operations.filter(({ method }) => method === "POST").map(({ path }) => path);
  const outcomes = new Set<number>();
  const isKey = (name: string | undefined) => KEY.includes(name ?? "");
  const places = placesIn(JSON.parse(text)).filter(
    (place) => place.length > 1 && !(place.length === 2 && isKey(place[1])),
  );
  const property = fc.asyncProperty(fc.constantFrom(...places), odd, async (place, value) => {
    const rows = altered(text, place, value) as Json[];
    const before = tab.printed.length;
    const statuses = await goOn(tab, rows, asked);
    expect(statuses.every((status) => status < 500 || status === 503)).toBe(true);
    expect(tab.printed.length - before).toBeLessThanOrEqual(1);
    outcomes.add(tab.printed.length - before);
  });
  await fc.assert(property, { numRuns: 60 });
  expect(outcomes).toEqual(new Set([0, 1]));
});

/** Replaces all rows and sends every request to a mock that reads them; returns the statuses. */
function goOn({ page }: Tab, rows: readonly unknown[], paths: readonly string[]): Promise<number[]> {
  return page.evaluate(
    async ([all, asked]) => {
      await testkit.putRows("ciam-testkit", all, { instead: true });
      const own = testkit.createMock({ store: testkit.browserStore(), sleep: async () => {} });
      const headers = { ...testkit.DEVICE, "x-client-id": own.clientId, "x-authing-app-id": own.clientId };
      const body = JSON.stringify({ mobile: "13800000001", email: "a@example.com", verify_code: "1", token: "x" });
      const statuses = [];
      for (const path of asked) {
        // A connection fault gives no response.
        const response = await own.fetch(path, { method: "POST", headers, body }).catch(() => ({ status: 0 }));
        statuses.push(response.status);
      }
      const taken = await own.fetch("/__testkit/snapshot");
      return [...statuses, taken.status, (await own.fetch("/__testkit/requests")).status];
    },
    [rows, paths] as const,
  );
}
