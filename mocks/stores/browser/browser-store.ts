/**
 * The state of the sandboxes in the browser's own storage: it survives a reload, and all tabs of one origin share it. Where
 * nothing can be stored, it is kept in memory. Knows neither how rows are kept nor what they mean.
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
 * A store for `createMock` in a page. Nothing is opened before the first request. Stored state that cannot be used, and a page
 * that can store nothing, are told with one warning in the console; the mock then starts fresh.
 */
export function browserStore({ name = "ciam-testkit" }: BrowserStoreOptions = {}): Store {
  const database = new Database(name);
  // On a server, where a page's modules may be run as well, an open channel would keep the process from ending.
  let shared = typeof indexedDB === "object";
  let opened: Promise<Store> | undefined;
  const store = () => {
    opened ??= database
      .run("readonly", async () => {})
      .then(
        () => indexedStore(database),
        (reason) => {
          shared = false;
          // biome-ignore lint/suspicious/noConsole: who develops the page must learn it, and nothing is thrown
          console.warn(
            `[ciam-testkit] Nothing can be stored here, so the state lasts until the next reload: ${reason}`,
          );
          return memoryStore();
        },
      );
    return opened;
  };
  return {
    // A channel does not hear itself, so each mock that asks gets one of its own.
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
