/** The adapters of the mock, each as a function from a request to a response, so that one test can use all of them. */

import { serve } from "../../../mocks/adapters/node/server.ts";
import { servePrism } from "../../../mocks/adapters/prism.ts";
import { type Mock, type MockOptions, manualClock } from "../../../mocks/index.ts";
import { createMock } from "../../../mocks/mock.ts";

export interface RecordedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface RecordedResponse {
  readonly status: number;
  readonly body: string;
}

export interface Adapter {
  ask(request: RecordedRequest): Promise<RecordedResponse>;
  close(): Promise<void>;
}

export const HOST = "https://ciam.test";

/** A mock that gives the same responses each time. */
export function repeatable(options: MockOptions = {}): Mock {
  return createMock({
    ...options,
    seed: "doors",
    clock: manualClock(Date.parse("2026-01-01")),
    accounts: [{ id: "ada", mobile: "13800000000" }],
  });
}

export async function throughFetch(mock: Mock): Promise<Adapter> {
  return { ask: (request) => toRecorded(mock.fetch(requestTo(HOST, request))), close: async () => {} };
}

export async function throughServer(mock: Mock): Promise<Adapter> {
  const server = await serve(mock, { port: 0 });
  return { ask: (request) => toRecorded(fetch(requestTo(server.url, request))), close: () => server.close() };
}

export async function throughPrism(mock: Mock): Promise<Adapter> {
  const prism = await servePrism(mock, { port: 0 });
  return { ask: (request) => toRecorded(fetch(requestTo(prism.url, request))), close: () => prism.close() };
}

/** The common part of both msw versions. */
interface MswServer {
  listen(): void;
  close(): void;
}

export async function throughMsw(server: MswServer): Promise<Adapter> {
  server.listen();
  return { ask: (request) => toRecorded(fetch(requestTo(HOST, request))), close: async () => server.close() };
}

function requestTo(origin: string, { method, path, headers, body }: RecordedRequest): Request {
  return new Request(`${origin}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
}

async function toRecorded(pending: Promise<Response>): Promise<RecordedResponse> {
  const response = await pending;
  return { status: response.status, body: await response.text() };
}
