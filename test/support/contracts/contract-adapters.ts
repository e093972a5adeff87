/** The doors of the mock as targets of the contract suite. */
import { setImmediate } from "node:timers/promises";
import { controlTarget, type Target } from "../../../contracts/index.ts";
import type { Mock } from "../../../mocks/index.ts";

/** Nobody answers there but the mock. Not https: msw 3 would play the handshake of every connection. */
export const HOST = "http://ciam.test";

type Fetch = NonNullable<Target["fetch"]>;

/** Something that was opened, and answers at an address. */
interface Adapter {
  readonly url: string;
  close(): Promise<void>;
}

export function inProcess(mock: Mock): Promise<Target> {
  return controlTarget({ baseUrl: HOST, fetch: politely(mock.fetch) });
}

/** All goes through the door. */
export async function wholly({ url, close }: Adapter): Promise<Target> {
  return { ...(await controlTarget({ baseUrl: url })), close };
}

/**
 * The API goes through the door; the control protocol, four requests of five, takes the shorter way. Through each door it is
 * tested in test/hosts.
 */
export async function withControlBeside(mock: Mock, { url, close }: Adapter): Promise<Target> {
  const isControl = (address: string) => address.startsWith(`${url}/__testkit`);
  // Whatever `fetch` is by then: msw puts its own in the place of Node's.
  const ask: Fetch = (address, init) => (isControl(address) ? mock.fetch(address, init) : fetch(address, init));
  return { ...(await controlTarget({ baseUrl: url, fetch: politely(ask) })), close };
}

/** Lets the event loop turn first. A case that never waits for it keeps timers and sockets of the others waiting. */
function politely(ask: Fetch): Fetch {
  return async (url, init) => {
    await setImmediate();
    return ask(url, init);
  };
}

/** What both majors of msw have. */
interface MswServer {
  listen(): void;
  close(): void;
}

export function intercepting(server: MswServer): Adapter {
  server.listen();
  return { url: HOST, close: async () => server.close() };
}
