/** The same conversation through every adapter gives the same statuses and bodies, byte for byte. */
import { setupServer } from "msw/node";
import { expect, test } from "vitest";
import { handlers } from "../../mocks/adapters/msw.ts";
import type { Mock } from "../../mocks/index.ts";
import { recorded } from "../support/mock/conversation.ts";
import {
  type Adapter,
  HOST,
  repeatable,
  throughFetch,
  throughMsw,
  throughPrism,
  throughServer,
} from "../support/mock/equal-adapters.ts";
import { operations } from "../unit/spec/documents.ts";

const adapters: Record<string, (mock: Mock) => Promise<Adapter>> = {
  "mock.fetch": throughFetch,
  "the HTTP server": throughServer,
  "msw 3": (mock) => throughMsw(setupServer(...handlers(mock, { baseUrl: HOST }))),
  "the stateful Prism": throughPrism,
};

const turns = await recorded();

test("the recorded conversation uses every operation", () => {
  const met = new Set(turns.map(({ request }) => `${request.method} ${request.path.replace(/\?.*/, "")}`));
  for (const { method, path } of operations) expect(met).toContain(`${method} ${path}`);
  const statuses = new Set(turns.map(({ response }) => response.status));
  expect(statuses).toEqual(new Set([200, 201, 204, 400, 401, 404, 405, 500, 503]));
});

test.each(Object.entries(adapters))("%s returns the recorded conversation byte for byte", async (_name, open) => {
  const adapter = await open(repeatable());
  try {
    for (const { request, response } of turns) {
      expect({ request, response: await adapter.ask(request) }).toEqual({ request, response });
    }
  } finally {
    await adapter.close();
  }
});
