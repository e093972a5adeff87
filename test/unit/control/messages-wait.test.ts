/** Waiting for a message: the response is held until one matches, or until the wait is over. No real time passes. */
import { expect, test } from "vitest";
import type { MockOptions } from "../../../mocks/index.ts";
import { MOBILE, sendSms, stillMock } from "../../support/mock/api.ts";
import { controlHttp } from "../../support/mock/control-http.ts";
import { sleeper } from "../../support/mock/manual-sleep.ts";

const SCENE = "BIND_MOBILE_SMS";

/** A mock whose sleeps end only when the test ends them. */
function prepared(options: MockOptions = {}) {
  const { sleep, sleeps, asleep: held } = sleeper();
  const mock = stillMock({ sleep, ...options });
  const { done } = controlHttp(mock);
  const wait = async (query: Record<string, string | number> = {}, clientId = mock.clientId) => {
    const { messages } = await done("listMessages", { query: { wait: 30, ...query }, clientId });
    return messages.map(({ to, scene, id }) => ({ to, scene, id }));
  };
  return { mock, sleeps, wait, held };
}

const first = { to: `+86-${MOBILE}`, scene: SCENE, id: "1" };

test("the response waits until a message arrives", async () => {
  const { mock, sleeps, wait, held } = prepared();
  const waiting = wait();
  await held(1);
  await sendSms(mock, MOBILE, SCENE);
  expect(await waiting).toEqual([first]);
  expect(sleeps.map(({ ms }) => ms)).toEqual([30_000]);
  expect(sleeps[0]?.signal?.aborted).toBe(true);
});

test("an existing message is returned at once", async () => {
  const { mock, sleeps, wait } = prepared();
  await sendSms(mock, MOBILE, SCENE);
  expect(await wait({ to: MOBILE })).toEqual([first]);
  expect(sleeps).toEqual([]);
});

test("with a missing or zero wait, an empty inbox is returned at once", async () => {
  const { mock, sleeps, wait } = prepared();
  expect(await wait({ wait: 0 })).toEqual([]);
  expect(await mock.messages.list()).toEqual([]);
  expect(sleeps).toEqual([]);
});

test("messages that do not match do not end the wait", async () => {
  const { mock, wait, held } = prepared();
  const waiting = wait({ to: "+86-13800000002", scene: SCENE });
  await held(1);
  await sendSms(mock, MOBILE, SCENE);
  await sendSms(mock, "13800000002", "UPDATE_MOBILE_SMS");
  await sendSms(mock, "13800000002", SCENE);
  expect(await waiting).toEqual([{ to: "+86-13800000002", scene: SCENE, id: "3" }]);
});

test("messages up to the given id do not end the wait", async () => {
  const { mock, wait, held } = prepared();
  await sendSms(mock, MOBILE, SCENE);
  const waiting = wait({ after: "1" });
  await held(1);
  await sendSms(mock, "13800000002", SCENE);
  expect(await waiting).toEqual([{ to: "+86-13800000002", scene: SCENE, id: "2" }]);
});

test("a message of another sandbox does not end the wait", async () => {
  const { mock, wait, held, sleeps } = prepared();
  const other = await mock.sandboxes.create();
  const waiting = wait({}, other.clientId);
  await held(1);
  await sendSms(mock, MOBILE, SCENE);
  sleeps[0]?.end();
  expect(await waiting).toEqual([]);
});

test("the response is empty when the wait is over", async () => {
  const { sleeps, wait, held } = prepared();
  const waiting = wait({ wait: 0.25 });
  await held(1);
  expect(sleeps[0]?.ms).toBe(250);
  sleeps[0]?.end();
  expect(await waiting).toEqual([]);
});

test("a message after the wait is returned by the next call", async () => {
  const { mock, sleeps, wait, held } = prepared();
  const waiting = wait();
  await held(1);
  sleeps[0]?.end();
  expect(await waiting).toEqual([]);
  await sendSms(mock, MOBILE, SCENE);
  expect(await wait()).toEqual([first]);
});

test("one message ends the wait of every matching call and of no other", async () => {
  const { mock, sleeps, wait, held } = prepared();
  const fitting = Array.from({ length: 20 }, () => wait({ to: MOBILE }));
  const other = wait({ to: "13800000002" });
  await held(21);
  await sendSms(mock, MOBILE, SCENE);
  expect(await Promise.all(fitting)).toEqual(Array(20).fill([first]));
  expect(sleeps.filter(({ signal }) => signal?.aborted)).toHaveLength(20);
  for (const { end } of sleeps) end();
  expect(await other).toEqual([]);
});

test("a client that disconnects ends the wait", async () => {
  const { mock, sleeps, held } = prepared();
  const leaving = new AbortController();
  const waiting = mock.fetch("http://ciam.test/__testkit/messages?wait=60", { signal: leaving.signal });
  await held(1);
  leaving.abort();
  expect(sleeps[0]?.signal?.aborted).toBe(true);
  sleeps[0]?.end();
  await waiting.catch(() => undefined);
});

test("in process the newest matching message is returned", async () => {
  const { mock } = prepared();
  await sendSms(mock, MOBILE, SCENE);
  await sendSms(mock, MOBILE, "UPDATE_MOBILE_SMS");
  expect(await mock.messages.wait({ to: MOBILE })).toMatchObject({ id: "2", scene: "UPDATE_MOBILE_SMS" });
});

test("in process the default wait is five seconds", async () => {
  const { mock, sleeps, held } = prepared();
  const short = mock.messages.wait().catch(() => undefined);
  const long = mock.messages.wait({ seconds: 9 }).catch(() => undefined);
  await held(2);
  for (const { end } of sleeps) end();
  await Promise.all([short, long]);
  expect(sleeps.map(({ ms }) => ms).sort()).toEqual([5_000, 9_000]);
});

test("in process a wait without a match fails and names the filter and the inbox", async () => {
  const { mock } = prepared({ sleep: async () => undefined });
  const wanted = { to: "13800000002", scene: SCENE, seconds: 1 };
  await expect(mock.messages.wait(wanted)).rejects.toThrow(
    'No message matched {"to":"13800000002","scene":"BIND_MOBILE_SMS"} within 1 s. The inbox has: no messages',
  );
  await sendSms(mock, MOBILE, SCENE);
  await sendSms(mock, MOBILE, "UPDATE_MOBILE_SMS");
  await expect(mock.messages.wait(wanted)).rejects.toThrow(
    "The inbox has: BIND_MOBILE_SMS to +86-15201657312, UPDATE_MOBILE_SMS to +86-15201657312",
  );
});
