/** Stays connected to the sandbox's events, and reconnects when the server was away. Knows nothing of the page. */

import { ControlError, type ControlEvent } from "../../../client/transport.ts";

export interface Listener {
  /** The server listens. What is shown must be read again. */
  opened(): void;
  heard(event: ControlEvent): void;
  /** The server is away. The connection tries again. */
  lost(): void;
  /** The server wants its token, or has no such sandbox. The connection gives up. */
  refused(error: ControlError): void;
}

type Events = (signal: AbortSignal) => Promise<AsyncIterable<ControlEvent>>;

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;

export function stayConnected(events: Events, listener: Listener): { close(): void } {
  const closed = new AbortController();
  const { signal } = closed;
  let failures = 0;

  async function listen(): Promise<void> {
    const heard = await events(signal);
    failures = 0;
    listener.opened();
    for await (const event of heard) listener.heard(event);
  }

  async function stay(): Promise<void> {
    while (!signal.aborted) {
      const refusal = await listen().then(() => undefined, refusalIn);
      if (signal.aborted) return;
      if (refusal !== undefined) return listener.refused(refusal);
      listener.lost();
      await pause(failures++, signal);
    }
  }

  stay();
  return { close: () => closed.abort() };
}

/** Ends early when the machine is online again, or when the connection is closed. */
function pause(failures: number, signal: AbortSignal): Promise<void> {
  const ms = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
  return new Promise((resolve) => {
    const over = new AbortController();
    const end = () => {
      clearTimeout(timer);
      over.abort();
      resolve();
    };
    const timer = setTimeout(end, ms);
    addEventListener("online", end, { signal: over.signal });
    signal.addEventListener("abort", end, { signal: over.signal });
  });
}

/** A gateway or a starting dev server may report an error of its own. That is not a refusal. */
function refusalIn(error: unknown): ControlError | undefined {
  return error instanceof ControlError && error.problem.status < 500 ? error : undefined;
}
