/**
 * Many concurrent requests: a single-use value works once. A thousand through a real server, and a hundred through two mocks
 * over one store that lets requests interleave between any two accesses, so that only the commit keeps them apart.
 */
import { expect, test } from "vitest";
import { createMock, type Mock, type Store } from "../../../mocks/index.ts";
import { memoryStore } from "../../../mocks/stores/memory.ts";
import { MOBILE, signedInAccount } from "../../support/mock/api.ts";
import { inProcess, manyConnections, type Post, tally } from "../../support/mock/many-requests.ts";
import { slowStore, unevenStore } from "../../support/mock/slow-store.ts";

const UPDATE_MOBILE = "/api/v2/sdk/profile/update-mobile";
const UPDATE_EMAIL = "/api/v2/sdk/profile/update-email";
const EMAIL = "new@example.com";

interface Way {
  readonly name: string;
  readonly count: number;
  open(): Promise<{ readonly mock: Mock; readonly post: Post }>;
}

const ways: readonly Way[] = [
  {
    name: "a thousand through the server",
    count: 1_000,
    async open() {
      const mock = createMock();
      return { mock, post: await manyConnections(mock) };
    },
  },
  {
    name: "a hundred through two mocks over one store",
    count: 100,
    async open() {
      const store = slowStore();
      const mock = createMock({ store });
      const [first, second] = [inProcess(mock), inProcess(createMock({ store }))];
      let sent = 0;
      return { mock, post: (...request) => (sent++ % 2 === 0 ? first : second)(...request) };
    },
  },
];

/** Sends so many requests at once; returns how often each response came. */
async function atOnce(count: number, send: (index: number) => ReturnType<Post>): Promise<Record<string, number>> {
  return tally(await Promise.all(Array.from({ length: count }, (_, index) => send(index))));
}

/** How often each check decided, from the journal. */
async function decisions(mock: Mock): Promise<Record<string, number>> {
  return tally((await mock.requests.list()).map(({ decidedBy }) => ({ status: 0, error: decidedBy })));
}

/** Creates accounts one after the other, each with a number and an id_token. */
async function signedInAccounts(mock: Mock, count: number) {
  const found = [];
  for (let index = 0; index < count; index++)
    found.push(await signedInAccount(mock, { mobile: `138${10_000_000 + index}` }));
  return found;
}

test.each(ways)("$name: concurrent requests of one account use its code once", async ({ count, open }) => {
  const { mock, post } = await open();
  const { account, signedIn } = await signedInAccount(mock);
  const verify_code = await mock.codes.plant({ to: EMAIL, scene: "UPDATE_EMAIL_EMS" });
  const responses = await atOnce(count, () => post(UPDATE_EMAIL, { email: EMAIL, verify_code }, signedIn));
  // openapi.yaml has code-used before email-own, so the used code is reported before the account's own address.
  expect(responses).toEqual({ 200: 1, "CAPTCHA.0007": count - 1 });
  expect(await decisions(mock)).toEqual({ passed: 1, "code-used": count - 1 });
  expect((await mock.accounts.read(account.id)).email).toBe(EMAIL);
});

test.each(ways)("$name: of many accounts with one code, one gets the number", async ({ count, open }) => {
  const { mock, post } = await open();
  const candidates = await signedInAccounts(mock, count);
  const verify_code = await mock.codes.plant({ to: MOBILE, scene: "UPDATE_MOBILE_SMS" });
  const body = { mobile: MOBILE, verify_code };
  const responses = await atOnce(count, (index) => post(UPDATE_MOBILE, body, candidates[index]?.signedIn));
  expect(responses).toEqual({ 200: 1, "CAPTCHA.0007": count - 1 });
  expect(await decisions(mock)).toEqual({ passed: 1, "code-used": count - 1 });
  expect(await ownersOf(mock, candidates)).toBe(1);
});

/** A record of codes remembers the last ten. */
const CODES = ["100001", "100002", "100003", "100004", "100005", "100006", "100007", "100008", "100009", "100010"];

test.each(ways)("$name: of many accounts with ten codes, one gets the number", async ({ count, open }) => {
  const { mock, post } = await open();
  await mock.policy.patch({ code_supersedes: false });
  const candidates = await signedInAccounts(mock, count);
  for (const code of CODES) await mock.codes.plant({ to: MOBILE, scene: "UPDATE_MOBILE_SMS", code });
  const responses = await atOnce(count, (index) => {
    const body = { mobile: MOBILE, verify_code: CODES[index % 10] };
    return post(UPDATE_MOBILE, body, candidates[index]?.signedIn);
  });
  // An account with the winner's code finds it used; the others find the number taken.
  const withThatCode = count / 10 - 1;
  expect(responses).toEqual({ 200: 1, "CAPTCHA.0007": withThatCode, "USER.0035": count - 1 - withThatCode });
  expect(await decisions(mock)).toMatchObject({ passed: 1, "mobile-taken": count - 1 - withThatCode });
  expect(await ownersOf(mock, candidates)).toBe(1);
});

async function ownersOf(mock: Mock, candidates: Awaited<ReturnType<typeof signedInAccounts>>): Promise<number> {
  let owners = 0;
  for (const { account } of candidates) {
    if ((await mock.accounts.read(account.id)).mobile === `+86-${MOBILE}`) owners += 1;
  }
  return owners;
}

test.each(ways)("$name: concurrent sends with one captcha token deliver one message", async ({ count, open }) => {
  const { mock, post } = await open();
  const captcha_token = await mock.captcha.issueToken({ sender: MOBILE });
  const body = { mobile: MOBILE, type: "BIND_MOBILE_SMS", captcha_token };
  const responses = await atOnce(count, () => post("/api/v2/sdk/sms/send", body));
  expect(responses).toEqual({ 200: 1, "CAPTCHA.0003": count - 1 });
  expect(await decisions(mock)).toEqual({ passed: 1, "captcha-token-used": count - 1 });
  expect(await mock.messages.list()).toHaveLength(1);
});

test.each(ways)(
  "$name: concurrent sends with separate captcha tokens deliver one message within the interval",
  async ({ count, open }) => {
    const { mock, post } = await open();
    const tokens: string[] = [];
    for (let index = 0; index < count; index++) tokens.push(await mock.captcha.issueToken({ sender: MOBILE }));
    const responses = await atOnce(count, (index) =>
      post("/api/v2/sdk/sms/send", { mobile: MOBILE, type: "BIND_MOBILE_SMS", captcha_token: tokens[index] }),
    );
    expect(responses).toEqual({ 200: 1, "CAPTCHA.0006": count - 1 });
    expect(await mock.messages.list()).toHaveLength(1);
  },
);

test.each(ways)("$name: concurrent sends keep the daily quota to the last message", async ({ count, open }) => {
  const { mock, post } = await open();
  await mock.policy.patch({ code_resend_seconds: 0, code_daily_limit: 7 });
  const tokens: string[] = [];
  for (let index = 0; index < count; index++) tokens.push(await mock.captcha.issueToken({ sender: MOBILE }));
  const responses = await atOnce(count, (index) =>
    post("/api/v2/sdk/sms/send", { mobile: MOBILE, type: "BIND_MOBILE_SMS", captcha_token: tokens[index] }),
  );
  expect(responses).toEqual({ 200: 7, "CAPTCHA.0006": count - 7 });
  expect((await mock.messages.list()).map(({ id }) => id)).toEqual(["1", "2", "3", "4", "5", "6", "7"]);
});

test.each(ways)("$name: exactly five concurrent wrong tries are counted", async ({ count, open }) => {
  const { mock, post } = await open();
  const { signedIn } = await signedInAccount(mock);
  const verify_code = await mock.codes.plant({ to: MOBILE, scene: "UPDATE_MOBILE_SMS", code: "123456" });
  const attempt = (code: string) => post(UPDATE_MOBILE, { mobile: MOBILE, verify_code: code }, signedIn);
  expect(await atOnce(count, (index) => attempt(`w${index}`))).toEqual({ "CAPTCHA.0007": count });
  expect(await attempt(verify_code)).toEqual({ status: 400, error: "CAPTCHA.0007" });
  expect((await mock.requests.list()).at(-1)?.decidedBy).toBe("code-exhausted");
  // Exactly five were counted: where six are allowed, one is left.
  await mock.policy.patch({ code_max_attempts: 6 });
  expect(await attempt(verify_code)).toEqual({ status: 200, error: undefined });
});

test.each(ways)("$name: concurrent logins with one code succeed once", async ({ count, open }) => {
  const { mock, post } = await open();
  await signedInAccount(mock, { mobile: MOBILE });
  const verify_code = await mock.codes.plant({ to: MOBILE, scene: "LOGIN_SMS" });
  const responses = await atOnce(count, () =>
    post("/api/v2/sdk/login/mobile-verify-code", { mobile: MOBILE, verify_code }),
  );
  expect(responses).toEqual({ 200: 1, "CAPTCHA.0007": count - 1 });
});

test.each(ways)("$name: a fault occurs as often as scheduled, and every request is in the journal", async (way) => {
  const { mock, post } = await way.open();
  await mock.faults.add({ operation: "sendSms", status: 503, times: 7 });
  const responses = await atOnce(way.count, () => post("/api/v2/sdk/sms/send", {}));
  expect(responses).toEqual({ 503: 7, "USER.0004": way.count - 7 });
  const ids = (await mock.requests.list()).map(({ id }) => Number(id));
  expect(ids).toEqual(Array.from({ length: way.count }, (_, index) => index + 1));
});

test("concurrent requests are each executed about once, without repeated retries", async () => {
  const store = memoryStore();
  let commits = 0;
  const counting: Store = {
    ...store,
    commit(...input) {
      commits += 1;
      return store.commit(...input);
    },
  };
  const mock = createMock({ store: counting });
  const { account } = await signedInAccount(mock);
  commits = 0;
  await Promise.all(Array.from({ length: 20 }, () => mock.accounts.issueTokens(account.id)));
  expect(commits).toBeLessThanOrEqual(3 * 20);
});

const FORMS = ["13800000001", "+8613800000001", "+86-13800000001"];

test.each(ways)("$name: concurrent calls create one account with a number", async ({ count, open }) => {
  const { post } = await open();
  const responses = await atOnce(count, (index) =>
    post("/__testkit/accounts", { mobile: FORMS[index % FORMS.length] }),
  );
  expect(responses).toEqual({ 201: 1, 409: count - 1 });
});

test("two mocks that open one sandbox at once share the seeded accounts without a conflict", async () => {
  const store = unevenStore();
  const accounts = [{ id: "demo", mobile: MOBILE }];
  const mocks = Array.from({ length: 10 }, () => createMock({ store, accounts }));
  const found = await Promise.all(mocks.map((mock) => mock.accounts.read("demo")));
  expect(new Set(found.map(({ mobile }) => mobile))).toEqual(new Set([`+86-${MOBILE}`]));
});

test("two mocks that create accounts at once use different ids, and no call is refused", async () => {
  const store = unevenStore();
  const mocks = [createMock({ store }), createMock({ store })];
  const created = await Promise.all(Array.from({ length: 100 }, (_, index) => mocks[index % 2]?.accounts.create()));
  expect(new Set(created.map((account) => account?.id)).size).toBe(100);
});
