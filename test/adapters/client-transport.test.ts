/** The client's way to the server: its errors, and the stream of events. */
import { expect, onTestFinished, test } from "vitest";
import {
  type ControlEvent,
  controlOverHttp,
  ForeignResponse,
  ServerUnreachable,
} from "../../mocks/client/transport.ts";
import { ControlError } from "../../mocks/http/problem.ts";
import { CANONICAL_MOBILE, MOBILE, sendSms, stillMock } from "../support/mock/api.ts";
import { fakeServer } from "../support/mock/fake-server.ts";
import { served } from "../support/mock/served.ts";

/** Listens, lets something happen, and returns the events up to the first one of this type. */
async function eventsUpTo(
  type: ControlEvent["type"],
  listen: (signal: AbortSignal) => Promise<AsyncIterable<ControlEvent>>,
  happen: () => Promise<unknown>,
): Promise<ControlEvent[]> {
  const over = new AbortController();
  onTestFinished(() => over.abort());
  const events = await listen(over.signal);
  await happen();
  const before: ControlEvent[] = [];
  for await (const event of events) {
    before.push(event);
    if (event.type === type) break;
  }
  return before;
}

test("without a client id a call goes to the server's default sandbox", async () => {
  const mock = stillMock({ clientId: "mine", accounts: [{ id: "ada" }] });
  const { call } = controlOverHttp(await served(mock));
  expect((await call(undefined, "listAccounts")).accounts).toMatchObject([{ id: "ada" }]);
});

test("events come with the names that the client uses, of one sandbox only", async () => {
  const mock = stillMock();
  const other = await mock.sandboxes.create({ clientId: "other" });
  const { events } = controlOverHttp(await served(mock));
  const all = await eventsUpTo(
    "message",
    (signal) => events(mock.clientId, signal),
    async () => {
      await other.clock.advance({ days: 1 });
      await sendSms(mock, MOBILE, "UPDATE_MOBILE_SMS");
    },
  );
  expect(all.at(-1)).toMatchObject({ message: { to: CANONICAL_MOBILE, expiresAt: "2026-01-01T00:05:00.000Z" } });
  expect(all.map(({ type }) => type)).not.toContain("clock");
});

test("a clock event has the clock's reading, also without a client id", async () => {
  const mock = stillMock();
  const { events } = controlOverHttp(await served(mock));
  const all = await eventsUpTo(
    "clock",
    (signal) => events(undefined, signal),
    () => mock.clock.advance({ minutes: 1 }),
  );
  expect(all.at(-1)).toMatchObject({ clock: { offsetSeconds: 60, frozen: false } });
});

test("a missing token is refused with status 401, for calls and for events", async () => {
  const { url } = await served(stillMock(), { controlToken: "s3cret" });
  const { call, events } = controlOverHttp({ url });
  for (const refused of [call(undefined, "readClock"), events(undefined, new AbortController().signal)]) {
    await expect(refused).rejects.toThrow(ControlError);
    await expect(refused).rejects.toMatchObject({ problem: { status: 401 } });
  }
});

test("an unreachable server and a server that is not a mock give different errors", async () => {
  const away = controlOverHttp({ url: "http://127.0.0.1:1" });
  await expect(away.call(undefined, "readClock")).rejects.toThrow(ServerUnreachable);
  await expect(away.events(undefined, new AbortController().signal)).rejects.toThrow(ServerUnreachable);
  const url = await fakeServer(async () => ({ status: 200, headers: { "content-type": "text/html" }, body: "<p>Hi" }));
  const foreign = controlOverHttp({ url });
  await expect(foreign.call(undefined, "readClock")).rejects.toThrow(ForeignResponse);
  await expect(foreign.events(undefined, new AbortController().signal)).rejects.toThrow(ForeignResponse);
});
