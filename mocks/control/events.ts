/** What happens in a sandbox, as a stream of server-sent events. */

import type { MockEvent } from "../core/events.ts";
import type { Log } from "../core/records.ts";
import { toProtocol } from "../engine/journal.ts";
import { type ControlContext, inSandbox } from "./calls.ts";
import { readingOf } from "./clock.ts";
import { messageOnWire } from "./messages.ts";

/** The events from now on, until nobody reads them any more. Throws for an unknown client id before the first one. */
export async function eventStream(context: ControlContext): Promise<AsyncIterable<string>> {
  const { wiring, clientId } = context;
  const last: Record<Log, number> = { messages: 0, requests: 0 };
  await inSandbox(context, async () => {
    for (const log of ["messages", "requests"] as const) {
      last[log] = (await wiring.store.tail(clientId, log, 0)).at(-1)?.id ?? 0;
    }
  });
  const heard = new Queue();
  const unsubscribe = wiring.events.subscribe((event) => event.clientId === clientId && heard.add(event));
  context.gone?.().addEventListener("abort", () => heard.end(), { once: true });
  return { [Symbol.asyncIterator]: () => endable(stream(context, last, heard, unsubscribe), heard) };
}

/** A generator that waits cannot be told to end; the queue that it waits for can. */
function endable(events: AsyncGenerator<string>, heard: Queue): AsyncIterator<string> {
  return {
    next: () => events.next(),
    return() {
      heard.end();
      return events.return(undefined);
    },
  };
}

async function* stream(
  context: ControlContext,
  last: Record<Log, number>,
  heard: Queue,
  unsubscribe: () => void,
): AsyncGenerator<string> {
  try {
    yield ": listening\n\n";
    for await (const event of heard) yield* told(event, last, context);
  } finally {
    unsubscribe();
  }
}

async function* told(event: MockEvent, last: Record<Log, number>, context: ControlContext): AsyncGenerator<string> {
  const { store } = context.wiring;
  if (event.type === "message") {
    for (const entry of await store.tail(context.clientId, "messages", last.messages)) {
      last.messages = entry.id;
      yield written("message", messageOnWire(entry), entry.id);
    }
  } else if (event.type === "request") {
    for (const entry of await store.tail(context.clientId, "requests", last.requests)) {
      last.requests = entry.id;
      yield written("request", toProtocol(entry), entry.id);
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

function written(event: string, data: unknown, id?: number): string {
  return `event: ${event}\n${id === undefined ? "" : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
}

/**
 * Events that wait to be told. Of each type one waits, for what it means is read when it is told: so a slow reader costs no
 * memory. A reset makes those before it void.
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
