/** Redis that is away, that does not respond, and that has lost its data. */
import { expect, onTestFinished, type TestContext, test } from "vitest";
import type { Mock } from "../../mocks/index.ts";
import { api, DONE, MOBILE, requestSms, sendSms, stillMock } from "../support/mock/api.ts";
import { served } from "../support/mock/served.ts";
import { administer, redisServer, storeOver } from "../support/redis/redis.ts";

const SCENE = "BIND_MOBILE_SMS";

async function prepared(context: TestContext) {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", note);
  onTestFinished(() => {
    process.off("unhandledRejection", note);
    expect(unhandled).toEqual([]);
  });
  const redis = await redisServer(context);
  return { redis, mock: stillMock({ store: storeOver(redis) }) };
}

/** The status and the problem of one request of each kind. */
async function problems(mock: Mock) {
  const { url } = await served(mock);
  const headers = { "x-client-id": mock.clientId };
  const responses = await Promise.all([
    fetch(`${url}/api/v2/sdk/captcha/get`, { headers }),
    fetch(`${url}/__testkit/accounts`),
    fetch(`${url}/__testkit/messages?wait=30`),
    fetch(`${url}/__testkit/events`),
    mock.fetch("http://ciam.test/__testkit/clock"),
  ]);
  return Promise.all(
    responses.map(async (response) => ({
      status: response.status,
      type: response.headers.get("content-type"),
      retry: response.headers.get("retry-after"),
      problem: await response.json(),
    })),
  );
}

const away = (reason: RegExp) => ({
  status: 503,
  type: "application/problem+json",
  retry: "1",
  problem: { title: "The store is not available", status: 503, detail: expect.stringMatching(reason) },
});

/** Asks until the mock responds to the API again. */
async function untilBack(mock: Mock): Promise<void> {
  await expect.poll(async () => (await api(mock)("nowhere")).status, { timeout: 30_000 }).toBe(404);
}

test("while Redis is away every request gets 503, and then the mock goes on where it was", async (context) => {
  const { redis, mock } = await prepared(context);
  await mock.accounts.create({ name: "first", mobile: MOBILE });
  await sendSms(mock, MOBILE, SCENE);
  await redis.stop();
  for (const problem of await problems(mock)) {
    expect(problem).toEqual(away(/^Redis at 127\.0\.0\.1:\d+: .+\. Send the request again later\./));
  }
  await expect(mock.accounts.list()).rejects.toThrow(/^Redis at 127/);
  await redis.start();
  await untilBack(mock);
  expect(await mock.messages.list()).toHaveLength(1);
  expect(await mock.accounts.list()).toMatchObject([{ name: "first" }]);
  await mock.clock.advance({ seconds: 60 });
  expect(await requestSms(mock, MOBILE, SCENE)).toEqual(DONE);
});

test("after Redis was away, a message wakes the call that waits for it at another mock", async (context) => {
  const { redis, mock } = await prepared(context);
  const there = stillMock({ store: storeOver(redis) });
  await there.accounts.list();
  await redis.stop("SIGKILL");
  expect((await api(there)("nowhere")).status).toBe(503);
  await redis.start();
  await Promise.all([untilBack(mock), untilBack(there)]);
  const heard = new Promise((resolve) =>
    there.subscribe(({ type, elsewhere }) => type === "message" && resolve(elsewhere)),
  );
  await expect
    .poll(() => administer(redis, "PUBSUB", "NUMSUB", "ciam-testkit:0:events"), { timeout: 30_000 })
    .toEqual(["ciam-testkit:0:events", 2]);
  await sendSms(mock, MOBILE, SCENE);
  expect(await heard).toBe(true);
});

test("a mock that was made while Redis was away begins once Redis is there", async (context) => {
  const { redis } = await prepared(context);
  await redis.stop();
  const mock = stillMock({ store: storeOver(redis), accounts: [{ id: "first" }] });
  expect((await problems(mock)).map(({ status }) => status)).toEqual([503, 503, 503, 503, 503]);
  await redis.start();
  await untilBack(mock);
  expect(await mock.accounts.list()).toMatchObject([{ id: "first" }]);
});

test("requests to a Redis that does not respond get 503 in time", async (context) => {
  const { redis, mock } = await prepared(context);
  await mock.accounts.create({ name: "first" });
  redis.signal("SIGSTOP");
  for (const problem of await problems(mock)) expect(problem).toEqual(away(/it did not respond within 5 s/));
  redis.signal("SIGCONT");
  await untilBack(mock);
  expect(await mock.accounts.list()).toMatchObject([{ name: "first" }]);
});

test("a Redis that was emptied has a default sandbox with its first content", async (context) => {
  const { redis } = await prepared(context);
  const mock = stillMock({ store: storeOver(redis), accounts: [{ id: "first" }] });
  await mock.accounts.create({ name: "second" });
  await administer(redis, "FLUSHALL");
  await administer(redis, "SCRIPT", "FLUSH");
  expect(await mock.accounts.list()).toMatchObject([{ id: "first" }]);
});

test("an error of Redis itself is told to the client", async (context) => {
  const { redis, mock } = await prepared(context);
  await mock.accounts.list();
  await administer(redis, "CONFIG", "SET", "maxmemory", "1");
  const { status, body } = await api(mock)("nowhere");
  expect({ status, body }).toMatchObject({ status: 503, body: { detail: expect.stringContaining("OOM") } });
});

test("the password is not part of any message", async (context) => {
  const { redis } = await prepared(context);
  const store = storeOver({ ...redis, url: redis.url.replace("//", "//someone:top-secret@") });
  await expect(store.open()).rejects.toThrow(/WRONGPASS/);
  await expect(store.open()).rejects.not.toThrow(/top-secret/);
  const { body } = await api(stillMock({ store }))("nowhere");
  expect(JSON.stringify(body)).not.toContain("top-secret");
});

test("a closed store rejects, and closing it again changes nothing", async (context) => {
  const { redis } = await prepared(context);
  const store = storeOver(redis);
  await store.open();
  store.close();
  store.close();
  await expect(store.open()).rejects.toThrow("this store is closed");
});
