/**
 * Keeps the state of the sandboxes in IndexedDB: it survives a reload, and all tabs of one origin share it. If the browser
 * stores nothing, it is kept in memory.
 */
import type { MockEvent, Peers } from "../../core/events.ts";
import type { Store } from "../../core/store.ts";
import { memoryStore } from "../memory.ts";
import { Database } from "./database.ts";
import { indexedStore } from "./indexed-store.ts";

export interface BrowserStoreOptions {
  /** Mocks of one origin share their state if their stores have the same name; `ciam-testkit` by default. */
  readonly name?: string;
}

/**
 * A store for `createMock` in a page. It opens the database with the first request. If the stored state is unusable, or the page
 * cannot store anything, it writes one warning to the console and the mock starts fresh.
 */
export function browserStore({ name = "ciam-testkit" }: BrowserStoreOptions = {}): Store {
  const database = new Database(name);
  // A server may run the modules of a page as well. There an open channel would keep the process alive.
  let shared = typeof indexedDB === "object";
  let opened: Promise<Store> | undefined;
  const store = () => {
    opened ??= database
      .run("readonly", async () => {})
      .then(
        () => indexedStore(database),
        (reason) => {
          shared = false;
          // biome-ignore lint/suspicious/noConsole: the developer of the page must see it, and no error is thrown
          console.warn(
            `[ciam-testkit] The browser stores nothing here, so the state is lost with the next reload: ${reason}`,
          );
          return memoryStore();
        },
      );
    return opened;
  };
  return {
    // A channel does not receive its own messages, so each mock gets its own channel.
    get peers() {
      return channelPeers(name, () => shared);
    },
    get: async (sandbox, kind, key) => (await store()).get(sandbox, kind, key),
    commit: async (sandbox, reads, writes) => (await store()).commit(sandbox, reads, writes),
    tail: async (sandbox, log, after) => (await store()).tail(sandbox, log, after),
    drop: async (sandbox) => (await store()).drop(sandbox),
    sandboxes: async () => (await store()).sandboxes(),
    dump: async (sandbox) => (await store()).dump(sandbox),
    load: async (sandbox, content) => (await store()).load(sandbox, content),
  };
}

function channelPeers(name: string, isShared: () => boolean): Peers {
  const channel = isShared() ? new BroadcastChannel(name) : undefined;
  return {
    tell(event) {
      if (isShared()) channel?.postMessage(event);
    },
    listen(listener) {
      channel?.addEventListener("message", ({ data }: { data: MockEvent }) => isShared() && listener(data));
    },
  };
}
