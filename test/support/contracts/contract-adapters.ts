/** The adapters of the mock as targets of the contract suite. */
import { setImmediate } from "node:timers/promises";
import { controlTarget, type Target } from "../../../contracts/index.ts";
import type { Mock } from "../../../mocks/index.ts";

/** Only the mock responds there. Not https: msw 3 would simulate the handshake of every connection. */
export const HOST = "http://ciam.test";

type Fetch = NonNullable<Target["fetch"]>;

/** An open adapter with an address. */
interface Adapter {
  readonly url: string;
  close(): Promise<void>;
}

export function inProcess(mock: Mock): Promise<Target> {
  return controlTarget({ baseUrl: HOST, fetch: politely(mock.fetch) });
}

/** All requests go through the adapter. */
export async function wholly({ url, close }: Adapter): Promise<Target> {
  return { ...(await controlTarget({ baseUrl: url })), close };
}

/**
 * API calls go through the adapter; control calls, four of five requests, take the direct way. test/adapters tests them through
 * each adapter.
 */
export async function withControlBeside(mock: Mock, { url, close }: Adapter): Promise<Target> {
  const isControl = (address: string) => address.startsWith(`${url}/__testkit`);
  // The current `fetch`: msw replaces Node's.
  const ask: Fetch = (address, init) => (isControl(address) ? mock.fetch(address, init) : fetch(address, init));
  return { ...(await controlTarget({ baseUrl: url, fetch: politely(ask) })), close };
}

/** Lets the event loop turn first. A case that never waits would block the timers and sockets of the others. */
function politely(ask: Fetch): Fetch {
  return async (url, init) => {
    await setImmediate();
    return ask(url, init);
  };
}

/** The common part of both msw versions. */
interface MswServer {
  listen(): void;
  close(): void;
}

export function intercepting(server: MswServer): Adapter {
  server.listen();
  return { url: HOST, close: async () => server.close() };
}
