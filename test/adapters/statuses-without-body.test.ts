/** Statuses without a body: a fault with a body is returned without it, through every adapter. */
import { setupServer } from "msw/node";
import { expect, onTestFinished, test } from "vitest";
import { handlers } from "../../mocks/adapters/msw.ts";
import type { Mock } from "../../mocks/index.ts";
import {
  type Adapter,
  HOST,
  repeatable,
  throughFetch,
  throughMsw,
  throughPrism,
  throughServer,
} from "../support/mock/equal-adapters.ts";
import { exchange, requestText, served } from "../support/mock/served.ts";

const adapters: readonly [string, (mock: Mock) => Promise<Adapter>][] = [
  ["mock.fetch", throughFetch],
  ["the HTTP server", throughServer],
  ["msw 3", (mock) => throughMsw(setupServer(...handlers(mock, { baseUrl: HOST })))],
  ["the stateful Prism", throughPrism],
];

test.each(adapters.flatMap(([name, open]) => [204, 205, 304].map((status) => [name, status, open] as const)))(
  "%s sends no body with status %i, even if the fault has one",
  async (_name, status, open) => {
    const mock = repeatable();
    const adapter = await open(mock);
    onTestFinished(() => adapter.close());
    await mock.faults.add({ operation: "sendSms", status, body: "a body" });
    const headers = { "x-client-id": mock.clientId, "content-type": "application/json" };
    const response = await adapter.ask({ method: "POST", path: "/api/v2/sdk/sms/send", headers, body: "{}" });
    expect(response).toMatchObject({ status, body: "" });
  },
);

// fetch drops a body of status 205 itself, so only the bytes show what the server sent.
test.each([204, 205, 304])(
  "the HTTP server sends not one byte after the head of a response with status %i",
  async (status) => {
    const mock = repeatable();
    const { port } = await served(mock);
    await mock.faults.add({ operation: "sendSms", status, body: "a body" });
    const received = await exchange(port, requestText(mock, "POST /api/v2/sdk/sms/send", { body: "{}" }));
    expect(received).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(received).toMatch(/\r\n\r\n$/);
  },
);
