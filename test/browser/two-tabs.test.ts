/** Two tabs of one origin share one live sandbox, and lose no update of concurrent writes. */
import { expect, type TestContext, test } from "vitest";
import { DEMO_ACCOUNT } from "../../mocks/adapters/demo.ts";
import { visitor } from "../support/browser/browser.ts";
import { servePage } from "../support/browser/served-page.ts";
import { openTab, TAB_MODULE, type Tab } from "../support/browser/tab.ts";
import { DONE, MOBILE } from "../support/mock/api.ts";

const { url } = await servePage(TAB_MODULE);

async function twoTabs(context: TestContext): Promise<readonly [Tab, Tab]> {
  const own = await visitor(context);
  const tabs = [await openTab(own, url), await openTab(own, url)] as const;
  await inBoth(tabs, (accounts) => void testkit.opened({ accounts }), [DEMO_ACCOUNT]);
  // A tab that cannot use the storage warns and continues in memory. Then the two tabs share nothing.
  context.onTestFinished(() => {
    expect(tabs.flatMap(({ printed }) => printed.filter((line) => line.startsWith("warning:")))).toEqual([]);
  });
  return tabs;
}

/** Runs the same in both tabs at once. The function has the globals of a tab, and nothing of this file. */
function inBoth<A, R>(tabs: readonly [Tab, Tab], work: (input: A) => R, input: A): Promise<Awaited<R>[]> {
  // Playwright's type of what may be handed over does not hold for an input of any type.
  return Promise.all(tabs.map(({ page }) => page.evaluate(work as never, input) as Promise<Awaited<R>>));
}

test("changes in one tab are visible in the other", async (context) => {
  const [{ page: first }, { page: second }] = await twoTabs(context);
  const id = await first.evaluate(async (mobile) => {
    await mock.policy.patch({ code_length: 8 });
    await mock.faults.add({ operation: "sendSms", status: 503 });
    await mock.clock.set("2030-01-01T00:00:00.000Z");
    await mock.clock.freeze();
    return (await mock.accounts.create({ mobile })).id;
  }, MOBILE);
  expect(await second.evaluate((one) => mock.accounts.read(one), id)).toMatchObject({ mobile: `+86-${MOBILE}` });
  expect(await second.evaluate(() => mock.policy.read())).toMatchObject({ code_length: 8 });
  expect(await second.evaluate(() => mock.clock.read())).toMatchObject({ frozen: true });
  const statuses = await second.evaluate(async () => {
    const send = testkit.api(mock);
    return [(await send("sms/send", {})).status, (await send("sms/send", {})).status];
  });
  expect(statuses).toEqual([503, 400]);
  expect(await first.evaluate(async () => (await mock.requests.list()).length)).toBe(2);
});

test("a waiting tab gets the message that the other tab sends, and does not print it", async (context) => {
  const [first, second] = await twoTabs(context);
  const waited = second.page.evaluate((to) => {
    const events: unknown[] = [];
    mock.subscribe((event) => event.type === "message" && events.push(event.elsewhere));
    return mock.messages.wait({ to, seconds: 30 }).then((message) => ({ message, events }));
  }, MOBILE);
  await first.page.evaluate((to) => testkit.sendSms(mock, to, "UPDATE_MOBILE_SMS"), MOBILE);
  const { message, events } = await waited;
  expect(message).toMatchObject({ to: `+86-${MOBILE}`, code: expect.stringMatching(/^\d{6}$/) });
  expect(events).toEqual([true]);
  const line = `info: sms  +86-${MOBILE}  ${message.scene}  code ${message.code}  (good for 300 s)`;
  expect(first.printed).toEqual([line]);
  expect(second.printed).toEqual([]);
});

test("events of one tab reach the other", async (context) => {
  const [{ page: first }, { page: second }] = await twoTabs(context);
  const listening = second.evaluate(async () => {
    const response = await mock.fetch("/__testkit/events");
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    document.title = "listening";
    let received = "";
    while (!received.includes("event: reset")) received += (await reader?.read())?.value ?? "";
    return received;
  });
  await second.waitForFunction(() => document.title === "listening");
  await first.evaluate(() => mock.reset());
  expect(await listening).toContain("event: reset");
});

test("two tabs that start at once open one sandbox", async (context) => {
  const tabs = await twoTabs(context);
  const work = async (id: string) => {
    const made = await mock.accounts.create();
    return { demo: await mock.accounts.read(id), made: made.id };
  };
  const [first, second] = await inBoth(tabs, work, DEMO_ACCOUNT.id);
  expect(first?.demo).toEqual(second?.demo);
  expect(first?.made).not.toBe(second?.made);
});

test("of fifty accounts in each tab that bind one number at once, one gets it", async (context) => {
  const tabs = await twoTabs(context);
  const codes = ["100001", "100002", "100003", "100004", "100005"];
  await tabs[0].page.evaluate(
    async ([to, all]) => {
      await mock.policy.patch({ code_supersedes: false });
      for (const code of all) await mock.codes.plant({ to, scene: "UPDATE_MOBILE_SMS", code });
    },
    [MOBILE, codes] as const,
  );
  const bind = async ([mobile, all]: readonly [string, readonly string[]]) => {
    const send = testkit.api(mock);
    const ids = [];
    for (let n = 0; n < 50; n++) ids.push((await mock.accounts.create()).id);
    const responses = await Promise.all(
      ids.map(async (id, n) => {
        const { idToken } = await mock.accounts.issueTokens(id);
        const signedIn = { authorization: `Bearer ${idToken}` };
        return send("profile/update-mobile", { mobile, verify_code: all[n % all.length] }, signedIn);
      }),
    );
    const accounts = await Promise.all(ids.map((id) => mock.accounts.read(id)));
    const owners = accounts.filter((account) => account.mobile === `+86-${mobile}`).length;
    return { statuses: responses.map(({ status }) => status), owners };
  };
  const [first, second] = await inBoth(tabs, bind, [MOBILE, codes] as const);
  const statuses = [...(first?.statuses ?? []), ...(second?.statuses ?? [])];
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  expect(statuses.filter((status) => status === 400)).toHaveLength(99);
  expect((first?.owners ?? 0) + (second?.owners ?? 0)).toBe(1);
  const decisions = await tabs[0].page.evaluate(async () => (await mock.requests.list()).map((one) => one.decidedBy));
  // An account with the winner's code finds it used; the others find the number taken.
  expect(decisions.filter((check) => check === "mobile-taken")).toHaveLength(80);
  expect(decisions.filter((check) => check === "code-used")).toHaveLength(19);
});

/** Sends one message for each token at the same time. Runs in a tab. */
async function sendAll([mobile, tokens]: readonly [string, readonly string[]]) {
  const post = testkit.api(mock);
  return Promise.all(
    tokens.map((captcha_token) => post("sms/send", { mobile, type: "UPDATE_MOBILE_SMS", captcha_token })),
  );
}

test("messages that both tabs send at once to one receiver have different codes", async (context) => {
  const tabs = await twoTabs(context);
  await tabs[0].page.evaluate(() => mock.policy.patch({ code_resend_seconds: 0, code_daily_limit: 100 }));
  // All tokens exist before the first send, so that the sends of both tabs really overlap.
  const tokens = await tabs[0].page.evaluate(async (sender) => {
    const issued = [];
    for (let n = 0; n < 30; n++) issued.push(await mock.captcha.issueToken({ sender }));
    return issued;
  }, MOBILE);
  const sent = await Promise.all([
    tabs[0].page.evaluate(sendAll, [MOBILE, tokens.slice(0, 15)] as const),
    tabs[1].page.evaluate(sendAll, [MOBILE, tokens.slice(15)] as const),
  ]);
  // The journal first: if a send was refused, it says why.
  const reasons = await tabs[1].page.evaluate(async () => (await mock.requests.list()).map(({ why }) => why));
  expect(reasons).toEqual(Array.from({ length: 30 }, () => "every check passed"));
  expect(sent.flat()).toEqual(Array.from({ length: 30 }, () => DONE));
  const messages = await tabs[1].page.evaluate(() => mock.messages.list());
  expect(messages.map(({ id }) => Number(id))).toEqual(Array.from({ length: 30 }, (_, n) => n + 1));
  expect(new Set(messages.map(({ code }) => code)).size).toBe(30);
  expect([...tabs[0].printed, ...tabs[1].printed]).toHaveLength(30);
});

test("a count that both tabs increase at once ends at the sum", async (context) => {
  const tabs = await twoTabs(context);
  const raise = async (times: number) => {
    const own = testkit.browserStore();
    const counter = (value: number | undefined) => ({ kind: "counter" as const, key: "n", value });
    let refused = 0;
    for (let n = 0; n < times; ) {
      const read = await own.get(mock.clientId, "counter", "n");
      const writes = { changes: [counter((read ?? 0) + 1)], additions: [], now: 0 };
      if (await own.commit(mock.clientId, [counter(read)], writes)) n += 1;
      else refused += 1;
    }
    return refused;
  };
  // Opens the sandbox; without it there are no records.
  await tabs[0].page.evaluate(() => mock.clock.read());
  const refused = await inBoth(tabs, raise, 200);
  expect(await tabs[0].page.evaluate(() => testkit.browserStore().get(mock.clientId, "counter", "n"))).toBe(400);
  expect(refused.some((count) => count > 0)).toBe(true);
});
