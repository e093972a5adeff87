/** A listener to the events of a sandbox, through each adapter. */
import { expect, onTestFinished } from "vitest";
import type { Mock } from "../../../mocks/index.ts";
import { stillMock } from "./api.ts";
import { served } from "./served.ts";

export interface ReceivedEvent {
  readonly event: string;
  /** Only messages and requests have one. */
  readonly id?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface ListeningAdapter {
  readonly name: string;
  open(mock: Mock): Promise<{ readonly origin: string; readonly send: Mock["fetch"] }>;
}

export const listeningAdapters: readonly ListeningAdapter[] = [
  { name: "mock.fetch", open: async (mock) => ({ origin: "http://ciam.test", send: mock.fetch }) },
  { name: "the server", open: async (mock) => ({ origin: (await served(mock)).url, send: fetch }) },
];

/** The mock behind an adapter, for any number of listeners. */
export async function behind(adapter: ListeningAdapter, mock = stillMock()) {
  const { origin, send } = await adapter.open(mock);
  return { mock, listen: (clientId = mock.clientId) => listening(origin, send, clientId) };
}

/** Starts to listen; the listener leaves when the test is over, if not before. */
export async function listening(origin: string, send: Mock["fetch"], clientId: string) {
  const leaving = new AbortController();
  const headers = { "x-client-id": clientId };
  const response = await send(`${origin}/__testkit/events`, { headers, signal: leaving.signal });
  expect(response.status).toBe(200);
  const reader = (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader();
  onTestFinished(() => leaving.abort());
  let text = "";
  let over = false;

  async function paragraph(): Promise<string | undefined> {
    while (!text.includes("\n\n") && !over) {
      const { done, value = "" } = await reader.read().catch(() => ({ done: true, value: "" }));
      over = done;
      text += value;
    }
    if (over) return undefined;
    const [first = "", ...rest] = text.split("\n\n");
    text = rest.join("\n\n");
    return first;
  }

  async function nextOfAny(): Promise<ReceivedEvent | undefined> {
    const found = await paragraph();
    return found === undefined ? undefined : eventIn(found);
  }

  expect(await paragraph()).toBe(": listening");
  return {
    response,
    /** The next event that is not a plain change event; undefined when the stream is over. */
    next: async (): Promise<ReceivedEvent | undefined> => {
      for (;;) {
        const found = await nextOfAny();
        if (found?.event !== "change") return found;
      }
    },
    nextOfAny,
    leave: () => leaving.abort(),
  };
}

/** Each field of the paragraph is on its own line. */
function eventIn(paragraph: string): ReceivedEvent {
  const {
    event = "",
    id,
    data = "",
    ...others
  } = Object.fromEntries(
    paragraph.split("\n").map((line): [string, string] => {
      const colon = line.indexOf(": ");
      return [line.slice(0, colon), line.slice(colon + 2)];
    }),
  );
  expect(others).toEqual({});
  return { event, ...(id === undefined ? {} : { id }), data: JSON.parse(data) };
}
