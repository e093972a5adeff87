/** The stream of events: it equals what can be read, for its own sandbox, from the call on. */
import { expect, test } from "vitest";
import type { Store } from "../../../mocks/index.ts";
import { memoryStore } from "../../../mocks/stores/memory.ts";
import { api, MOBILE, sendSms, signedInAccount, stillMock } from "../../support/mock/api.ts";
import { controlHttp, problemOf } from "../../support/mock/control-http.ts";
import { listeningAdapters as adapters, behind, listening } from "../../support/mock/event-listener.ts";
import { served } from "../../support/mock/served.ts";

const SCENE = "BIND_MOBILE_SMS";

test.each(adapters)("$name: the response is an uncached stream of server-sent events", async (adapter) => {
  const { listen } = await behind(adapter);
  const { headers } = (await listen()).response;
  expect(headers.get("content-type")).toBe("text/event-stream");
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("content-length")).toBeNull();
});

test.each(adapters)("$name: message and request events equal the entries of inbox and journal", async (adapter) => {
  const { mock, listen } = await behind(adapter);
  const { done } = controlHttp(mock);
  const { next } = await listen();
  const received = [];
  for (const mobile of ["15201657312", "15201657313", "15201657314"]) {
    await sendSms(mock, mobile, SCENE);
    received.push(await next(), await next());
  }
  const { messages } = await done("listMessages");
  const { requests } = await done("listRequests");
  const events = messages.flatMap((message, index) => [
    { event: "message", id: message.id, data: message },
    { event: "request", id: requests[index]?.id, data: requests[index] },
  ]);
  expect(received).toEqual(events);
  expect(messages.map(({ id }) => id)).toEqual(["1", "2", "3"]);
});

test.each(adapters)("$name: each clock change is an event equal to the clock, without an id", async (adapter) => {
  const { mock, listen } = await behind(adapter);
  const { done } = controlHttp(mock);
  const { next } = await listen();
  for (const change of [
    () => mock.clock.advance({ minutes: 6 }),
    () => mock.clock.set("2030-01-01T00:00:00Z"),
    () => mock.clock.freeze(),
    () => mock.clock.thaw(),
  ]) {
    await change();
    expect(await next()).toEqual({ event: "clock", data: await done("readClock") });
  }
});

test.each(adapters)("$name: any change sends a change event, and a refusal sends none", async (adapter) => {
  const { mock, listen } = await behind(adapter);
  const { nextOfAny } = await listen();
  await api(mock)("captcha", undefined, { "x-agent": "" });
  expect(await nextOfAny()).toMatchObject({ event: "request" });
  await mock.accounts.create({ username: "ada" });
  expect(await nextOfAny()).toEqual({ event: "change", data: {} });
  await api(mock)("captcha");
  expect(await nextOfAny()).toMatchObject({ event: "request" });
  expect(await nextOfAny()).toEqual({ event: "change", data: {} });
});

test.each(adapters)("$name: a refused or not emulated request is an event with its decision", async (adapter) => {
  const { mock, listen } = await behind(adapter);
  const { next } = await listen();
  await api(mock)("captcha", undefined, { "x-agent": "" });
  expect(await next()).toMatchObject({ event: "request", id: "1", data: { decided_by: "device-incomplete" } });
  await api(mock)("captcha/none");
  expect(await next()).toMatchObject({ event: "request", id: "2", data: { operation: null } });
});

test.each(adapters)("$name: secrets in request events are masked", async (adapter) => {
  const { mock, listen } = await behind(adapter);
  const { signedIn } = await signedInAccount(mock, { mobile: MOBILE, password: "Old-Moon-17" });
  const verify_code = await mock.codes.plant({ to: MOBILE, scene: "UPDATE_PWD_SMS" });
  const { next } = await listen();
  const body = { mobile: MOBILE, verify_code, password: "New-Tree-42" };
  await api(mock)("pwd/update-by-mobile", body, { ...signedIn, cookie: "session=s3cret" });
  const received = await next();
  expect(received).toMatchObject({
    data: { request: { headers: { authorization: "***" }, body: { mobile: MOBILE, password: "***" } } },
  });
  const text = JSON.stringify(received);
  for (const secret of ["New-Tree-42", "s3cret", signedIn.authorization.slice(7)]) expect(text).not.toContain(secret);
});

test.each(adapters)("$name: the stream starts after the call, and covers its own sandbox only", async (adapter) => {
  const { mock, listen } = await behind(adapter);
  const other = await mock.sandboxes.create({ clientId: "other" });
  for (const sandbox of [mock, other]) await api(mock, sandbox)("captcha");
  await mock.clock.advance({ seconds: 1 });
  const [here, there] = [await listen(), await listen("other")];
  await other.clock.freeze();
  await api(mock, other)("nothing");
  await api(mock)("captcha");
  expect(await here.next()).toMatchObject({ event: "request", id: "2", data: { operation: "getCaptcha" } });
  expect(await there.next()).toMatchObject({ event: "clock", data: { frozen: true } });
  expect(await there.next()).toMatchObject({ event: "request", id: "2", data: { operation: null } });
});

test.each(adapters)("$name: after a reset ids start again, and no old event is sent", async (adapter) => {
  const { mock, listen } = await behind(adapter);
  await sendSms(mock, MOBILE, SCENE);
  await api(mock)("captcha");
  const { next } = await listen();
  await mock.reset();
  expect(await next()).toEqual({ event: "reset", data: {} });
  await sendSms(mock, MOBILE, SCENE);
  expect([await next(), await next()]).toMatchObject([
    { event: "message", id: "1", data: { to: `+86-${MOBILE}` } },
    { event: "request", id: "1", data: { operation: "sendSms" } },
  ]);
});

test.each(adapters)("$name: a restored snapshot is a reset event, and its messages are not sent", async (adapter) => {
  const { mock, listen } = await behind(adapter);
  for (const mobile of ["15201657312", "15201657313"]) await sendSms(mock, mobile, SCENE);
  const snapshot = await mock.snapshot.take();
  await mock.reset();
  const { next } = await listen();
  await mock.snapshot.restore(snapshot);
  expect(await next()).toEqual({ event: "reset", data: {} });
  await sendSms(mock, "15201657314", SCENE);
  expect([await next(), await next()]).toMatchObject([
    { event: "message", id: "3", data: { to: "+86-15201657314" } },
    { event: "request", id: "1" },
  ]);
});

test.each(adapters)(
  "$name: a sandbox that is opened again under its name sends events to old listeners",
  async (adapter) => {
    const { mock, listen } = await behind(adapter);
    const first = await mock.sandboxes.create({ clientId: "again" });
    await api(mock, first)("captcha");
    await api(mock, first)("captcha");
    const { next } = await listen("again");
    await mock.sandboxes.delete("again");
    const second = await mock.sandboxes.create({ clientId: "again" });
    await api(mock, second)("nothing");
    await api(mock, second)("nothing");
    await api(mock, second)("captcha");
    const ids = [];
    for (let event = await next(); event !== undefined; event = await next()) {
      if (event.event === "request") ids.push(event.id);
      if (event.data["operation"] === "getCaptcha") break;
    }
    // Or the stream ends with its sandbox.
    expect([["1", "2", "3"], []]).toContainEqual(ids);
  },
);

test.each(adapters)("$name: several listeners get the same events, and continue when one leaves", async (adapter) => {
  const { mock, listen } = await behind(adapter);
  const [first, second, third] = [await listen(), await listen(), await listen()];
  await api(mock)("nothing");
  const received = await first.next();
  expect(received).toMatchObject({ event: "request", id: "1" });
  expect([await second.next(), await third.next()]).toEqual([received, received]);
  second.leave();
  expect(await second.next()).toBeUndefined();
  await api(mock)("captcha");
  const next = await first.next();
  expect(next).toMatchObject({ event: "request", id: "2" });
  expect(await third.next()).toEqual(next);
});

test.each(adapters)("$name: a listener that left gets no events and stops reading", async (adapter) => {
  const read: string[] = [];
  const memory = memoryStore();
  const tail: Store["tail"] = (sandbox, log, after) => {
    read.push(sandbox);
    return memory.tail(sandbox, log, after);
  };
  const { mock, listen } = await behind(adapter, stillMock({ store: { ...memory, tail } }));
  const [staying, leaving] = [await listen(), await listen()];
  await api(mock)("nothing");
  await Promise.all([staying.next(), leaving.next()]);
  leaving.leave();
  await expect
    .poll(
      async () => {
        read.length = 0;
        await api(mock)("nothing");
        await staying.next();
        return read.length;
      },
      { timeout: 20_000, interval: 5 },
    )
    .toBe(1);
});

test("mock.fetch: a reader that cancels the stream does not wait for another event", async () => {
  const response = await stillMock().fetch("http://ciam.test/__testkit/events");
  const reader = (response.body ?? new ReadableStream()).getReader();
  await reader.read();
  await aWhile();
  const cancelled = reader.cancel().then(() => "cancelled");
  expect(await Promise.race([cancelled, aWhile()])).toBe("cancelled");
});

/** Long enough for everything that does not wait for outside events. */
async function aWhile(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
}

test.each(adapters)("$name: listening to an unknown sandbox is refused with that reason", async (adapter) => {
  const { origin, send } = await adapter.open(stillMock());
  const response = await send(`${origin}/__testkit/events`, { headers: { "x-client-id": "nobody" } });
  const { status, headers } = response;
  expect(problemOf({ status, headers, body: await response.json() })).toMatchObject({ status: 404 });
});

test("closing the server with a listener ends the stream and the server", async () => {
  const mock = stillMock();
  const { url, close } = await served(mock);
  const { next } = await listening(url, fetch, mock.clientId);
  await close();
  expect(await next()).toBeUndefined();
  await expect(fetch(url)).rejects.toThrow("fetch failed");
});
