/** Bounds: calls that stay open, the size of a journal entry, and sandboxes that are no longer used. */
import { expect, test } from "vitest";
import { manualClock } from "../../../mocks/core/clock.ts";
import type { Store } from "../../../mocks/core/store.ts";
import { createMock, type Mock } from "../../../mocks/index.ts";
import { memoryStore } from "../../../mocks/stores/memory.ts";
import { api, MOBILE, START, sendSms, stillMock } from "../../support/mock/api.ts";
import { lastExchange } from "../../support/mock/journal.ts";

const SCENE = "BIND_MOBILE_SMS";
const DAY_MS = 86_400_000;
const never = () => new Promise<void>(() => {});

const control = (mock: Mock, path: string) => mock.fetch(`http://ciam.test/__testkit/${path}`);

test("2,000 calls wait for a message, the next one gets 503, and all of them get the message", async () => {
  const mock = stillMock({ sleep: never });
  const waiting = Array.from({ length: 2_000 }, () => mock.messages.wait({ to: MOBILE, seconds: 60 }));
  const refused = await control(mock, "messages?wait=60");
  expect({ status: refused.status, ...(await refused.json()) }).toEqual({
    status: 503,
    title: "Too many open calls",
    detail: "the mock has 2000 calls that wait for a message, and takes no more; end some of them",
  });
  await sendSms(mock, MOBILE, SCENE);
  const messages = await Promise.all(waiting);
  expect(new Set(messages.map(({ id }) => id))).toEqual(new Set(["1"]));
  // All of them have ended, so calls may wait again.
  const next = mock.messages.wait({ to: "13800000009", seconds: 60 });
  await sendSms(mock, "13800000009", SCENE);
  expect(await next).toMatchObject({ to: "+86-13800000009" });
});

test("a message does not wake the calls that wait for another one", async () => {
  const store = memoryStore();
  let looks = 0;
  const tail: Store["tail"] = (...input) => {
    looks += 1;
    return store.tail(...input);
  };
  const mock = stillMock({ sleep: never, store: { ...store, tail } });
  const waiting = Array.from({ length: 500 }, (_, index) =>
    mock.messages.wait({ to: `139${10_000_000 + index}`, seconds: 60 }),
  );
  const wanted = mock.messages.wait({ to: MOBILE, seconds: 60 });
  // All of them have looked once, and wait now.
  await mock.messages.list();
  looks = 0;
  await sendSms(mock, MOBILE, SCENE);
  expect(await wanted).toMatchObject({ id: "1" });
  expect(looks).toBeLessThan(5);
  expect(waiting).toHaveLength(500);
});

test("a call that waits gets the next message to its receiver and scene, and no other", async () => {
  const mock = stillMock({ sleep: never });
  const wanted = mock.messages.wait({ to: MOBILE, scene: SCENE, seconds: 60 });
  await sendSms(mock, "13800000009", SCENE);
  await sendSms(mock, MOBILE, "UPDATE_MOBILE_SMS");
  await sendSms(mock, MOBILE, SCENE);
  expect(await wanted).toMatchObject({ id: "3", scene: SCENE });
});

test("1,000 event streams may be open, the next one gets 503, and a closed one makes room", async () => {
  const mock = stillMock();
  const streams = await Promise.all(Array.from({ length: 1_000 }, () => control(mock, "events")));
  expect(new Set(streams.map(({ status }) => status))).toEqual(new Set([200]));
  expect((await control(mock, "events")).status).toBe(503);
  const [closed] = streams;
  const reader = closed?.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  expect((await control(mock, "events")).status).toBe(200);
});

test("a sandbox that was not used for seven days is deleted when another one is created", async () => {
  const clock = manualClock(Date.parse(START));
  const mock = createMock({ clock });
  const [idle, used] = [await mock.sandboxes.create(), await mock.sandboxes.create()];
  clock.advance(6 * DAY_MS);
  await used.accounts.list();
  clock.advance(DAY_MS);
  await mock.sandboxes.create({ clientId: "another" });
  expect([...(await mock.sandboxes.list())].sort()).toEqual([mock.clientId, used.clientId, "another"].sort());
  expect((await api(mock, idle)("captcha")).status).toBe(400);
});

test("the default sandbox stays, however long it was not used", async () => {
  const clock = manualClock(Date.parse(START));
  const mock = createMock({ clock, accounts: [{ mobile: MOBILE }] });
  await mock.accounts.list();
  clock.advance(100 * DAY_MS);
  await mock.sandboxes.create();
  expect(await mock.accounts.list()).toHaveLength(1);
});

test.each([
  ["one header of 15,000 characters", { "x-long": "x".repeat(15_000) }],
  ["1,000 headers", Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`x-${index}`, "12345678"]))],
  ["a header with a very long name", { [`x-${"y".repeat(15_000)}`]: "1" }],
])("the journal entry of a request with %s has at most 20,000 characters", async (_what, headers) => {
  const mock = stillMock();
  await api(mock)("captcha", undefined, headers);
  expect(JSON.stringify(await lastExchange(mock)).length).toBeLessThan(20_000);
});

test("the journal says how long a value was, and how many headers it left out", async () => {
  const mock = stillMock();
  const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`x-${index}`, "12345678"]));
  await api(mock)("captcha", undefined, { "x-long": "x".repeat(15_000) });
  expect((await lastExchange(mock))?.request.headers).toMatchObject({ "x-long": "(15000 characters)" });
  await api(mock)("captcha", undefined, many);
  expect((await lastExchange(mock))?.request.headers["(left out)"]).toMatch(/^\d{3} headers$/);
});

test("the journal keeps a path of 100,000 characters as its length", async () => {
  const mock = stillMock();
  await api(mock)("x".repeat(100_000));
  expect((await lastExchange(mock))?.request.path).toMatch(/^\(1000\d\d characters\)$/);
});
