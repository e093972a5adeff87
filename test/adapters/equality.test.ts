/** One conversation, every door: the same requests get the same statuses and bodies, byte for byte. */
import { setupServer } from "msw/node";
import { expect, onTestFinished, test } from "vitest";
import { handlers } from "../../mocks/adapters/msw.ts";
import type { Mock } from "../../mocks/index.ts";
import { recorded } from "../support/mock/conversation.ts";
import {
  type Door,
  HOST,
  repeatable,
  throughFetch,
  throughMsw,
  throughPrism,
  throughServer,
} from "../support/mock/equal-adapters.ts";
import { operations } from "../unit/spec/documents.ts";

const doors: Record<string, (mock: Mock) => Promise<Door>> = {
  "mock.fetch": throughFetch,
  "the HTTP server": throughServer,
  "msw 3": (mock) => throughMsw(setupServer(...handlers(mock, { baseUrl: HOST }))),
  "the stateful Prism": throughPrism,
};

const turns = await recorded();

test("the recorded conversation uses every operation", () => {
  const met = new Set(turns.map(({ asked }) => `${asked.method} ${asked.path.replace(/\?.*/, "")}`));
  for (const { method, path } of operations) expect(met).toContain(`${method} ${path}`);
  const statuses = new Set(turns.map(({ answered }) => answered.status));
  expect(statuses).toEqual(new Set([200, 201, 204, 400, 401, 404, 405, 500, 503]));
});

test.each(Object.entries(doors))("%s returns the recorded conversation byte for byte", async (_name, open) => {
  const door = await open(repeatable());
  try {
    for (const { asked, answered } of turns) {
      expect({ asked, answered: await door.ask(asked) }).toEqual({ asked, answered });
    }
  } finally {
    await door.close();
  }
});

test("requests that Prism cannot pass on are reported, and Prism continues", async () => {
  const mock = repeatable();
  const door = await throughPrism(mock);
  onTestFinished(() => door.close());
  const headers = { "x-client-id": mock.clientId, "content-type": "application/json" };
  const send = { method: "POST", path: "/api/v2/sdk/sms/send", headers, body: "{}" };
  await mock.faults.add({ operation: "sendSms", transport: "reset" });
  for (const request of [send, { method: "GET", path: "/__testkit/events", headers }]) {
    const { status, body } = await door.ask(request);
    expect(status).toBe(501);
    expect(JSON.parse(body)).toMatchObject({ title: "Not through Prism" });
  }
  expect((await door.ask(send)).status).toBe(400);
});
