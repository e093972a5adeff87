/** Every store under test: the memory store, the browser's in a real browser, and that in a real redis-server. */
import type { TestContext } from "vitest";
import type { Store } from "../../../mocks/index.ts";
import { memoryStore } from "../../../mocks/stores/memory.ts";
import { redisServer, storeOver } from "../redis/redis.ts";
import { visitor } from "./browser.ts";
import { servePage } from "./served-page.ts";
import { openTab, STORE_MODULE, storeIn } from "./tab.ts";

export type Reads = Parameters<Store["commit"]>[1];
export type Writes = Parameters<Store["commit"]>[2];
export type Change = Writes["changes"][number];

export const BOX = "sandbox";

const { url } = await servePage(STORE_MODULE);

interface Opened {
  readonly store: Store;
  /** Commits one after the other inside the browser; a round trip for each would be slow. */
  writeAll(all: readonly Writes[]): Promise<void>;
}

interface StoreKind {
  readonly name: string;
  open(context: TestContext): Promise<Opened>;
}

const writingTo = (store: Store) => async (all: readonly Writes[]) => {
  for (const writes of all) await store.commit(BOX, [], writes);
};

export const stores: readonly StoreKind[] = [
  {
    name: "memory",
    async open() {
      const store = memoryStore();
      return { store, writeAll: writingTo(store) };
    },
  },
  {
    name: "redis",
    async open(context) {
      const store = storeOver(await redisServer(context));
      return { store, writeAll: writingTo(store) };
    },
  },
  {
    name: "browser",
    async open(context) {
      const { page } = await openTab(await visitor(context), url);
      const writeAll = (all: readonly Writes[]) =>
        page.evaluate(
          async ([box, given]) => {
            for (const writes of given) await store.commit(box, [], writes);
          },
          [BOX, all] as const,
        );
      return { store: await storeIn(page), writeAll };
    },
  },
];

export function commit(store: Store, changes: readonly Change[], reads: Reads = [], now = 0) {
  return store.commit(BOX, reads, { changes, additions: [], now });
}

export const counter = (key: string, value: number | undefined): Change => ({ kind: "counter", key, value });
export const mobile = (key: string, value: string | undefined): Change => ({ kind: "mobile", key, value });
export const token = (key: string, forgetAt: number): Change => ({
  kind: "token",
  key,
  value: { accountId: "alice", use: "id", expiresAt: 0, forgetAt },
});
