/** The state of a mock in a page survives a reload and a hot update of its module. */
import { expect, type TestContext, test } from "vitest";
import { DEMO_ACCOUNT } from "../../mocks/adapters/demo.ts";
import { visitor } from "../support/browser/browser.ts";
import { servePage } from "../support/browser/served-page.ts";
import { openTab, storeIn, TAB_MODULE } from "../support/browser/tab.ts";
import { MOBILE, stillMock } from "../support/mock/api.ts";
import { fillSandbox, responsesOf } from "../support/mock/filled-sandbox.ts";
import { block } from "../support/package/readme.ts";

const served = await servePage(TAB_MODULE);
const { url } = served;

const ownTab = async (context: TestContext) => openTab(await visitor(context), url);

/** The conversation has delays; the test does not wait for them. */
const sleep = async () => {};

test("after a reload every request gets the response it would have got before", async (context) => {
  const original = stillMock({ sleep });
  const filled = await fillSandbox(original);
  const { page, printed, reload } = await ownTab(context);
  await fillSandbox(stillMock({ sleep, store: await storeIn(page) }));
  await reload();
  const reloaded = stillMock({ sleep, store: await storeIn(page) });
  expect(await reloaded.requests.list()).toEqual(await original.requests.list());
  expect(await responsesOf(reloaded, filled)).toEqual(await responsesOf(original, filled));
  expect(printed).toEqual([]);
});

test("a reload keeps account, code, clock, policy, faults, journal and sandboxes", async (context) => {
  const { page, printed, reload } = await ownTab(context);
  const open = () =>
    page.evaluate((account) => void testkit.opened({ accounts: [account] }), { ...DEMO_ACCOUNT, name: "Demo" });
  const state = () =>
    page.evaluate(async () => ({
      account: await mock.accounts.read("demo"),
      messages: await mock.messages.list(),
      clock: await mock.clock.read(),
      policy: await mock.policy.read(),
      journal: await mock.requests.list(),
      sandboxes: await mock.sandboxes.list(),
    }));
  await open();
  await page.evaluate(async (mobile) => {
    await mock.clock.advance({ days: 400 });
    await mock.clock.freeze();
    await mock.policy.patch({ code_ttl_seconds: 600 });
    await mock.faults.add({ operation: "sendSms", check: "gateway-down", times: 2 });
    await mock.sandboxes.create({ clientId: "another" });
    for (let n = 0; n < 2; n++) await testkit.requestSms(mock, mobile, "UPDATE_MOBILE_SMS");
    await mock.faults.clear();
    await testkit.sendSms(mock, mobile, "UPDATE_MOBILE_SMS");
    await mock.faults.add({ operation: "updateMobile", status: 503 });
  }, MOBILE);
  const before = await state();
  expect(before).toMatchObject({ messages: [{ to: `+86-${MOBILE}` }], clock: { frozen: true } });
  expect(before.journal.map(({ decidedBy }) => decidedBy)).toEqual(["gateway-down", "gateway-down", "passed"]);

  await reload();
  await open();
  // The offset grows while the clock is frozen.
  const { clock, ...rest } = await state();
  expect({ ...rest, clock: { ...clock, offsetSeconds: before.clock.offsetSeconds } }).toEqual(before);
  const statuses = await page.evaluate(
    async ([mobile, verify_code]) => {
      const { idToken } = await mock.accounts.issueTokens("demo");
      const send = testkit.api(mock);
      const change = () =>
        send("profile/update-mobile", { mobile, verify_code }, { authorization: `Bearer ${idToken}` });
      return [(await change()).status, (await change()).status, (await mock.accounts.read("demo")).mobile];
    },
    [MOBILE, before.messages[0]?.code] as const,
  );
  expect(statuses).toEqual([503, 200, `+86-${MOBILE}`]);
  expect(printed).toHaveLength(1);
});

test("stores of different names share nothing, and a reset affects one only", async (context) => {
  const { page, reload } = await ownTab(context);
  const idsAfter = async (work: () => Promise<unknown>) => {
    await page.evaluate(work);
    await reload();
    return page.evaluate(async () => {
      const names = ["one", "two"];
      const mocks = names.map((name) => testkit.createMock({ store: testkit.browserStore({ name }) }));
      return Promise.all(
        mocks.map((mock) =>
          mock.accounts.create({ mobile: "13800000000" }).then(
            () => "free",
            () => "taken",
          ),
        ),
      );
    });
  };
  const fill = () =>
    testkit.createMock({ store: testkit.browserStore({ name: "one" }) }).accounts.create({ mobile: "13800000000" });
  expect(await idsAfter(fill)).toEqual(["taken", "free"]);
  const reset = () => testkit.createMock({ store: testkit.browserStore({ name: "two" }) }).reset();
  expect(await idsAfter(reset)).toEqual(["taken", "free"]);
});

test("the guide's module keeps the state and prints each message once after a hot update", async (context) => {
  const snippet = await block("page: storage", "ts", "docs/guides/msw-in-page.md");
  const module = (run: number) =>
    `${snippet}\nglobalThis.mock = mock;\nglobalThis.runs = ${run};\nimport.meta.hot.accept();\n`;
  await served.write("mock.ts", module(1));
  const { page, printed } = await ownTab(context);
  const send = () => page.evaluate((to) => testkit.sendSms(mock, to, "UPDATE_MOBILE_SMS"), MOBILE);
  await page.addScriptTag({ type: "module", content: 'import "./mock.ts";' });
  await page.waitForFunction("globalThis.runs === 1");
  const { id } = await page.evaluate(() => mock.accounts.create({ username: "alice" }));
  expect(await send()).toMatchObject({ status: 200 });
  expect(printed).toHaveLength(1);

  const old = await page.evaluateHandle(() => mock);
  for (const run of [2, 3]) {
    await served.write("mock.ts", module(run));
    await page.waitForFunction(`globalThis.runs === ${run}`);
  }
  expect(await page.evaluate((one) => one !== mock, old)).toBe(true);
  expect(await page.evaluate((one) => mock.accounts.read(one), id)).toMatchObject({ username: "alice" });
  await page.evaluate(() => mock.clock.advance({ minutes: 1 }));
  expect(await send()).toMatchObject({ status: 200 });
  expect(await page.evaluate(() => mock.messages.list())).toHaveLength(2);
  expect(printed.map((line) => line.replace(/code \d+/, "code"))).toEqual(
    Array(2).fill(`info: sms  +86-${MOBILE}  UPDATE_MOBILE_SMS  code  (good for 300 s)`),
  );
});

test("the function that logMessages returns ends the printing", async (context) => {
  const { page, printed } = await ownTab(context);
  await page.evaluate(async (to) => {
    const quiet = testkit.createMock();
    const stop = testkit.logMessages(quiet);
    await testkit.sendSms(quiet, to, "UPDATE_MOBILE_SMS");
    stop();
    await testkit.sendSms(quiet, to, "BIND_MOBILE_SMS");
  }, MOBILE);
  expect(printed).toHaveLength(1);
});
