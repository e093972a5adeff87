/** Two mocks over one Redis, as in two processes: each sees at once what the other does. */
import { expect, type TestContext, test } from "vitest";
import type { Mock, MockEvent, MockOptions } from "../../mocks/index.ts";
import type { RedisStoreOptions } from "../../mocks/stores/redis/redis-store.ts";
import { api, DONE, MOBILE, refusal, sendSms, signedInAccount, stillMock } from "../support/mock/api.ts";
import { listening } from "../support/mock/event-listener.ts";
import { fillSandbox } from "../support/mock/filled-sandbox.ts";
import { sleeper } from "../support/mock/manual-sleep.ts";
import { administer, redisServer, storeOver } from "../support/redis/redis.ts";
import type { RedisServer } from "../support/redis/server.ts";

const SCENE = "BIND_MOBILE_SMS";
const CHANGE = "UPDATE_MOBILE_SMS";

/** Two mocks with stores of their own. `more` makes further ones. */
async function pair(context: TestContext, options: MockOptions = {}) {
  const server = await redisServer(context);
  const more = async (store: RedisStoreOptions = {}, url = server.url): Promise<Mock> => {
    const opened = storeOver({ ...server, url }, store);
    await opened.open();
    return stillMock({ ...options, store: opened });
  };
  return { server, more, here: await more(), there: await more() };
}

test("a code that one mock has sent is redeemed once, through any of them", async (context) => {
  const { here, there } = await pair(context);
  const { signedIn } = await signedInAccount(here);
  await sendSms(here, MOBILE, CHANGE);
  const [message] = await there.messages.list();
  const change = { mobile: MOBILE, verify_code: message?.code };
  expect(await api(there)("profile/update-mobile", change, signedIn)).toEqual(DONE);
  expect(await api(here)("profile/update-mobile", change, signedIn)).toEqual(
    refusal("CAPTCHA.0007", "Incorrect verification code"),
  );
  expect((await here.accounts.list()).map(({ mobile }) => mobile)).toEqual([`+86-${MOBILE}`]);
  expect((await there.requests.list()).map(({ decidedBy }) => decidedBy)).toContain("code-used");
});

test("both mocks find the account that one of them changes again and again", async (context) => {
  const { here, there } = await pair(context);
  const { id } = await here.accounts.create({ name: "0" });
  for (let turn = 1; turn <= 6; turn++) {
    const [writer, reader] = turn % 2 === 0 ? [here, there] : [there, here];
    await writer.accounts.update(id, { name: String(turn) });
    expect(await reader.accounts.read(id)).toMatchObject({ name: String(turn) });
  }
});

test("a sandbox that was unknown is found once another mock has opened it", async (context) => {
  const { here, there } = await pair(context);
  const unknown = there.sandbox("team");
  await expect(unknown.clock.read()).rejects.toThrow("no sandbox has the client id team");
  await here.sandboxes.create({ clientId: "team" });
  await expect(unknown.clock.read()).resolves.toBeDefined();
  await expect(there.sandboxes.create({ clientId: "team" })).rejects.toThrow("Taken");
});

test("a sandbox that another mock has deleted is unknown, and can be opened again", async (context) => {
  const { here, there } = await pair(context);
  const own = await here.sandboxes.create({ clientId: "team" });
  await own.accounts.create({ mobile: MOBILE });
  const seen = there.sandbox("team");
  expect(await seen.accounts.list()).toHaveLength(1);
  await here.sandboxes.delete("team");
  await expect(seen.accounts.list()).rejects.toThrow("no sandbox has the client id team");
  await here.sandboxes.create({ clientId: "team" });
  await here.sandboxes.delete("team");
  await there.sandboxes.create({ clientId: "team" });
  expect(await own.accounts.list()).toEqual([]);
});

test("a reset of one sandbox leaves the others as they are", async (context) => {
  const { here, there } = await pair(context);
  const other = await here.sandboxes.create();
  await other.accounts.create({ mobile: MOBILE });
  await here.accounts.create({ mobile: MOBILE });
  await there.reset();
  expect(await here.accounts.list()).toEqual([]);
  expect(await there.sandbox(other.clientId).accounts.list()).toHaveLength(1);
  expect(await there.sandboxes.list()).toEqual(expect.arrayContaining([here.clientId, other.clientId]));
});

test("a snapshot of one mock is restored by another", async (context) => {
  const { here, there } = await pair(context, { sleep: async () => {} });
  await fillSandbox(here);
  const snapshot = await here.snapshot.take();
  await here.reset();
  expect(await here.snapshot.take()).not.toEqual(snapshot);
  await there.snapshot.restore(snapshot);
  expect(await here.snapshot.take()).toEqual(snapshot);
});

test("a message wakes the call that waits for it at another mock", async (context) => {
  const { sleep, asleep } = sleeper();
  const { here, there } = await pair(context, { sleep });
  const waiting = there.messages.wait({ to: MOBILE, seconds: 30 });
  await asleep(1);
  await sendSms(here, MOBILE, SCENE);
  expect(await waiting).toMatchObject({ to: `+86-${MOBILE}`, scene: SCENE });
});

test("a call that waits at another mock finds a message whose event was lost", async (context) => {
  const { sleep, sleeps, asleep } = sleeper();
  const { here, server } = await pair(context);
  const deaf = storeOver(server);
  const there = stillMock({ sleep, store: { ...deaf, peers: { tell: () => {}, listen: () => {} } } });
  const waiting = there.messages.wait({ to: MOBILE, seconds: 30 });
  await asleep(1);
  await sendSms(here, MOBILE, SCENE);
  sleeps[0]?.end();
  expect(await waiting).toMatchObject({ scene: SCENE });
});

test("the events of one mock reach the listeners of another, marked as those of another", async (context) => {
  const { here, there } = await pair(context);
  const { next } = await listening("http://ciam.test", there.fetch, there.clientId);
  const heard: MockEvent[] = [];
  there.subscribe((event) => heard.push(event));
  await sendSms(here, MOBILE, SCENE);
  expect(await next()).toMatchObject({ event: "message", id: "1", data: { scene: SCENE } });
  expect(await next()).toMatchObject({ event: "request" });
  expect(heard.every((event) => event.elsewhere)).toBe(true);
  await here.clock.advance({ seconds: 5 });
  expect(await next()).toMatchObject({ event: "clock" });
  await here.reset();
  expect(await next()).toMatchObject({ event: "reset" });
});

test("two mocks over one store hear each other, and none hears itself twice", async (context) => {
  const server = await redisServer(context);
  const store = storeOver(server);
  await store.open();
  const [here, there] = [stillMock({ store }), stillMock({ store })];
  const heard: string[] = [];
  here.subscribe(({ type, elsewhere }) => type === "message" && heard.push(`here ${elsewhere ?? false}`));
  const arrived = new Promise<void>((resolve) => {
    there.subscribe(({ type, elsewhere }) => {
      if (type === "message") heard.push(`there ${elsewhere ?? false}`);
      if (type === "clock") resolve();
    });
  });
  await sendSms(here, MOBILE, SCENE);
  await here.clock.advance({ seconds: 1 });
  await arrived;
  expect(heard).toEqual(["here false", "there true"]);
});

test.for([
  ["another prefix", { prefix: "other" }, "/0"],
  ["another database", {}, "/1"],
] as const)("a mock with %s shares neither state nor events", async ([_what, options, database], context) => {
  const { here, more, server } = await pair(context);
  const apart = await more(options, server.url.replace(/\/0$/, database));
  const heard: MockEvent[] = [];
  apart.subscribe((event) => heard.push(event));
  await here.accounts.create({ mobile: MOBILE });
  await sendSms(here, MOBILE, SCENE);
  expect(await apart.accounts.list()).toEqual([]);
  expect(await apart.sandboxes.list()).toEqual([apart.clientId]);
  expect(heard.filter(({ elsewhere }) => elsewhere)).toEqual([]);
});

test("a refused request takes one round trip, and a changed address two", async (context) => {
  const { here, server } = await pair(context);
  const { signedIn } = await signedInAccount(here);
  const change = async (email: string) => {
    const verify_code = await here.codes.plant({ to: email, scene: "UPDATE_EMAIL_EMS" });
    const before = await roundTrips(server);
    expect(await api(here)("profile/update-email", { email, verify_code }, signedIn)).toEqual(DONE);
    return (await roundTrips(server)) - before;
  };
  const refuse = async () => {
    const before = await roundTrips(server);
    await api(here)("sms/send", { mobile: MOBILE, type: SCENE, captcha_token: "none" });
    return (await roundTrips(server)) - before;
  };
  await change("first@example.com");
  await refuse();
  expect(await refuse()).toBe(1);
  expect(await change("second@example.com")).toBe(2);
});

test("a default sandbox with thousands of accounts is opened once, and found by another mock", async (context) => {
  const accounts = Array.from({ length: 3_000 }, (_, index) => ({ mobile: `138${10_000_000 + index}` }));
  const { here, there } = await pair(context, { accounts });
  expect(await here.accounts.list()).toHaveLength(1_000);
  for (const seed of [accounts[0], accounts.at(-1)]) await expect(there.accounts.create(seed)).rejects.toThrow("Taken");
});

test("each use of a sandbox gives all its keys the idle time again; after it, the sandbox is unknown", async (context) => {
  const { more, server } = await pair(context);
  const here = await more({ idleSeconds: 1_000 });
  const there = await more({ idleSeconds: 1_000 });
  const own = await here.sandboxes.create({ clientId: "team" });
  const captcha_token = await own.captcha.issueToken({ sender: MOBILE });
  expect(await api(here, own)("sms/send", { mobile: MOBILE, type: SCENE, captcha_token })).toEqual(DONE);
  const keys = (await administer(server, "KEYS", "ciam-testkit:{client:team}:*")) as string[];
  expect(keys.map((key) => key.split(":").at(-1)).sort()).toEqual(["expiring", "messages", "records", "requests"]);
  for (const key of keys) await administer(server, "EXPIRE", key, "10");
  await there.sandbox("team").clock.read();
  for (const key of keys) expect(Number(await administer(server, "TTL", key))).toBeGreaterThan(900);
  for (const key of keys) await administer(server, "EXPIRE", key, "0");
  await expect(own.clock.read()).rejects.toThrow("no sandbox has the client id team");
  await expect(there.sandbox("team").clock.read()).rejects.toThrow("no sandbox has the client id team");
  expect(await there.sandboxes.list()).toEqual([there.clientId]);
});

test("a default sandbox that has expired begins anew", async (context) => {
  const { here, there, server } = await pair(context, { accounts: [{ id: "first", mobile: MOBILE }] });
  await here.accounts.create({ name: "second" });
  await there.accounts.list();
  await administer(server, "FLUSHALL");
  expect((await there.accounts.list()).map(({ id }) => id)).toEqual(["first"]);
  expect((await here.accounts.list()).map(({ id }) => id)).toEqual(["first"]);
});

/** How often a mock has asked Redis. Each commit reads by one HMGET, and so does each other question of a request. */
async function roundTrips(server: RedisServer): Promise<number> {
  const info = String(await administer(server, "INFO", "commandstats"));
  return Number(/cmdstat_hmget:calls=(\d+)/.exec(info)?.[1]);
}
