/** Storage that is missing or disappears while a page is open: the mock continues or says what to do, and never hangs. */
import type { Frame, Page } from "playwright-core";
import { expect, type TestContext, test } from "vitest";
import { DEMO_ACCOUNT } from "../../mocks/adapters/demo.ts";
import { visitor } from "../support/browser/browser.ts";
import { servePage } from "../support/browser/served-page.ts";
import { openTab, TAB_MODULE, type Tab } from "../support/browser/tab.ts";
import { MOBILE } from "../support/mock/api.ts";

const { url } = await servePage(TAB_MODULE);

const ownTab = async (context: TestContext) => openTab(await visitor(context), url);

/** A tab, or a frame in one. */
interface Place {
  readonly page: Pick<Page, "evaluate">;
  readonly printed: string[];
}

const open = ({ page }: Place) =>
  page.evaluate((account) => void testkit.opened({ accounts: [account] }), DEMO_ACCOUNT);
const create = ({ page }: Place, username: string) =>
  page.evaluate((name) => mock.accounts.create({ username: name }), username);
/** The user names of all accounts. */
const usernames = ({ page }: Place): Promise<unknown[]> =>
  page.evaluate(async () =>
    Object.values((await mock.snapshot.take()).records.account).map(({ username }) => username),
  );

/** With this warning a whole session still works; the reason comes from the browser. */
async function expectMemoryOnly(tab: Place, reason: RegExp): Promise<void> {
  await open(tab);
  await create(tab, "alice");
  expect((await usernames(tab)).toSorted()).toEqual(["alice", "demo"]);
  expect(tab.printed).toHaveLength(1);
  expect(tab.printed[0]).toMatch(
    /^warning: The browser stores nothing here, so the state is lost with the next reload: /,
  );
  expect(tab.printed[0]).toMatch(reason);
}

test("without IndexedDB one warning is printed, and the state lasts until the reload", async (context) => {
  const own = await visitor(context);
  await own.context.addInitScript(() => Reflect.deleteProperty(window, "indexedDB"));
  const tab = await openTab(own, url);
  await expectMemoryOnly(tab, /indexedDB is not defined/);
  await tab.reload();
  await open(tab);
  expect(await usernames(tab)).toEqual(["demo"]);
  expect(tab.printed).toHaveLength(2);
});

test("in a frame with an opaque origin one warning is printed, and the mock works", async (context) => {
  const own = await visitor(context);
  const { page, printed } = await openTab(own, url);
  await page.evaluate((src) => {
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-scripts");
    frame.src = src;
    document.body.append(frame);
  }, url);
  await page.waitForFunction(() => frames.length === 1);
  const frame = page.frames().at(-1) as Frame;
  await frame.waitForFunction("globalThis.testkit");
  expect(await frame.evaluate(() => origin)).toBe("null");
  await expectMemoryOnly({ page: frame, printed }, /SecurityError/);
});

test("a tab without shared storage and the other tabs do not see each other's events", async (context) => {
  const own = await visitor(context);
  const shared = await openTab(own, url);
  const alone = await openTab(own, url);
  await alone.page.evaluate(() =>
    Reflect.set(IDBFactory.prototype, "open", () => {
      throw new Error("forbidden");
    }),
  );
  for (const tab of [shared, alone]) {
    await open(tab);
    await tab.page.evaluate(async (to) => {
      document.title = "0";
      mock.subscribe(({ elsewhere }) => {
        if (elsewhere) document.title += "!";
      });
      await testkit.sendSms(mock, to, "UPDATE_MOBILE_SMS");
    }, MOBILE);
  }
  const third = await openTab(own, url);
  await open(third);
  await create(third, "alice");
  // The third tab's event is the last one.
  await shared.page.waitForFunction(() => document.title.endsWith("!"));
  expect([await shared.page.title(), await alone.page.title()]).toEqual(["0!", "0"]);
  expect(await shared.page.evaluate(() => mock.messages.list())).toHaveLength(1);
  expect(await alone.page.evaluate(() => mock.messages.list())).toHaveLength(1);
});

/** No timer of the page fires by itself. */
async function standStill({ page }: Tab): Promise<void> {
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(1_000);
}

test("a page that holds an old database open blocks no other page", async (context) => {
  const own = await visitor(context);
  const holder = await openTab(own, url);
  await holder.page.evaluate(async () => {
    Reflect.set(globalThis, "held", await testkit.resultOf(indexedDB.open("ciam-testkit", 1)));
  });
  const asking = await openTab(own, url);
  await standStill(asking);
  await expectMemoryOnly(asking, /another page holds the database open/);
  // The browser informs only the first request; the next one has to time out.
  const next = await openTab(own, url);
  await standStill(next);
  const check = expectMemoryOnly(next, /another page holds the database open/);
  await next.page.waitForFunction(() => Reflect.has(globalThis, "mock"));
  await next.page.clock.runFor(10_000);
  await check;
});

test("a newer version in another tab is not blocked, and the old tab asks for a reload", async (context) => {
  const own = await visitor(context);
  const old = await openTab(own, url);
  await open(old);
  await create(old, "alice");
  const newer = await openTab(own, url);
  await newer.page.evaluate(() => testkit.makeDatabase("ciam-testkit", 3, []));
  const reload = /Another tab has a newer version of ciam-testkit\. Reload this page\./;
  await expect(create(old, "bob")).rejects.toThrow(reload);
  await expect(old.page.evaluate(async () => (await testkit.api(mock)("captcha")).status)).rejects.toThrow(reload);
  expect(old.printed).toEqual([]);
});

test("an abandoned mock in the same page does not block a newer version", async (context) => {
  const tab = await ownTab(context);
  for (const name of ["alice", "bob"]) {
    await open(tab);
    await create(tab, name);
  }
  await tab.page.evaluate(() => testkit.makeDatabase("ciam-testkit", 3, []));
  await tab.page.evaluate(() => testkit.resultOf(indexedDB.deleteDatabase("ciam-testkit")));
});

async function clearSiteData({ page }: Tab): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Storage.clearDataForOrigin", { origin: new URL(url).origin, storageTypes: "all" });
}

const deleteFromOutside = async ({ page }: Tab): Promise<void> => {
  await page.evaluate(() => testkit.resultOf(indexedDB.deleteDatabase("ciam-testkit")));
};

const losses = [
  ["the site's data is cleared", clearSiteData],
  ["the database is deleted", deleteFromOutside],
] as const;

test.for(losses)(
  "when %s, open tabs continue with an empty sandbox, and listeners get an event",
  async ([_what, lose], context) => {
    const own = await visitor(context);
    const tabs = [await openTab(own, url), await openTab(own, url)] as const;
    for (const tab of tabs) await open(tab);
    const [first, second] = tabs;
    await create(first, "alice");
    await second.page.evaluate(() => {
      mock.subscribe(({ type }) => {
        if (type === "reset") document.title = "reset";
      });
    });
    await lose(second);
    expect(await usernames(first)).toEqual(["demo"]);
    await second.page.waitForFunction(() => document.title === "reset");
    await create(second, "alice");
    expect((await usernames(first)).toSorted()).toEqual(["alice", "demo"]);
    expect(tabs.flatMap(({ printed }) => printed)).toEqual([]);
  },
);

test.for(losses)("when %s during many requests, every request gets a response", async ([_what, lose], context) => {
  const own = await visitor(context);
  const [busy, other] = [await openTab(own, url), await openTab(own, url)];
  await open(busy);
  const responses = busy.page.evaluate(async () => {
    const send = testkit.api(mock);
    const statuses: Promise<number>[] = [];
    let over = false;
    Reflect.set(globalThis, "stop", () => {
      over = true;
    });
    while (!over) {
      const answer = send("captcha").then(({ status }) => status);
      statuses.push(answer);
      if (statuses.length % 10 === 0) await answer;
    }
    return Promise.all(statuses);
  });
  await busy.page.waitForFunction(() => Reflect.has(globalThis, "stop"));
  for (let times = 0; times < 5; times++) await lose(other);
  await busy.page.evaluate(() => Reflect.get(globalThis, "stop")());
  expect(new Set(await responses)).toEqual(new Set([200]));
  expect([...busy.printed, ...other.printed]).toEqual([]);
});
