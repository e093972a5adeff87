/** The events of a sandbox as a stream of server-sent events. */

import type { MockEvent } from "../core/events.ts";
import type { Log } from "../core/records.ts";
import type { Store } from "../core/store.ts";
import type { Transaction } from "../core/transaction.ts";
import { toProtocol } from "../engine/journal.ts";
import { enter } from "../engine/open-calls.ts";
import { type ControlContext, inSandbox } from "./calls.ts";
import { readingOf } from "./clock.ts";
import { messageOnWire } from "./messages.ts";

/** The events from now on, until the reader stops. Throws a `ControlError` for an unknown client id before the first event. */
export async function eventStream(context: ControlContext): Promise<AsyncIterable<string>> {
  const { mock, clientId } = context;
  const last = await inSandbox(context, ({ tx }) => ({
    messages: lastEntry(tx, mock.store, "messages"),
    requests: lastEntry(tx, mock.store, "requests"),
  }));
  const leave = enter(mock.openCalls.streams, "open event streams");
  const queue = new Queue();
  const unsubscribe = mock.events.subscribeTo(clientId, (event) => queue.add(event));
  const end = () => {
    unsubscribe();
    leave();
  };
  context.gone?.().addEventListener("abort", () => queue.end(), { once: true });
  return { [Symbol.asyncIterator]: () => endable(stream(context, last, queue, end), queue) };
}

function lastEntry(tx: Transaction, store: Store, log: Log): number {
  return tx.resultOf(log, () => store.tail(tx.sandbox, log, 0)).at(-1)?.id ?? 0;
}

/** A waiting generator cannot be ended from outside. Ending the queue ends it. */
function endable(events: AsyncGenerator<string>, queue: Queue): AsyncIterator<string> {
  return {
    next: () => events.next(),
    return() {
      queue.end();
      return events.return(undefined);
    },
  };
}

async function* stream(
  context: ControlContext,
  last: Record<Log, number>,
  queue: Queue,
  end: () => void,
): AsyncGenerator<string> {
  try {
    yield ": listening\n\n";
    for await (const event of queue) yield* serverSentEvents(event, last, context);
  } finally {
    end();
  }
}

/** The lines for this event, and for every entry of its log that was not sent yet. */
async function* serverSentEvents(
  event: MockEvent,
  last: Record<Log, number>,
  context: ControlContext,
): AsyncGenerator<string> {
  const { store } = context.mock;
  if (event.type === "message") {
    for (const entry of await store.tail(context.clientId, "messages", last.messages)) {
      last.messages = entry.id;
      yield writtenOnce(entry, () => written("message", messageOnWire(entry), entry.id));
    }
  } else if (event.type === "request") {
    for (const entry of await store.tail(context.clientId, "requests", last.requests)) {
      last.requests = entry.id;
      yield writtenOnce(entry, () => written("request", toProtocol(entry), entry.id));
    }
  } else if (event.type === "clock") {
    yield written("clock", await readingOf(context));
  } else if (event.type === "reset") {
    last.messages = event.lastMessage;
    last.requests = 0;
    yield written("reset", {});
  } else {
    yield written("change", {});
  }
}

/** The lines of entries that were sent already: hundreds of streams may send the same one. */
const lines = new WeakMap<object, string>();

function writtenOnce(entry: object, write: () => string): string {
  const text = lines.get(entry) ?? write();
  lines.set(entry, text);
  return text;
}

function written(event: string, data: unknown, id?: number): string {
  return `event: ${event}\n${id === undefined ? "" : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
}

/**
 * Events that wait to be sent, one of each type: its data is read when it is sent, so a slow reader needs no memory. A reset
 * removes the events before it.
 */
class Queue implements AsyncIterable<MockEvent> {
  readonly #waiting = new Map<MockEvent["type"], MockEvent>();
  #wake: () => void = () => {};
  #over = false;

  add(event: MockEvent): void {
    if (event.type === "reset") this.#waiting.clear();
    this.#waiting.set(event.type, event);
    this.#wake();
  }

  end(): void {
    this.#over = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<MockEvent> {
    while (!this.#over) {
      const [next] = this.#waiting.values();
      if (next === undefined) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      } else {
        this.#waiting.delete(next.type);
        yield next;
      }
    }
  }
}
