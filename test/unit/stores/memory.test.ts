/** Tests of the memory store alone; store.test.ts has those of any store. */
import { expect, test } from "vitest";
import type { Store } from "../../../mocks/index.ts";
import { memoryStore } from "../../../mocks/stores/memory.ts";

type Changes = Parameters<Store["commit"]>[2]["changes"];

const write = (store: Store, changes: Changes, reads: Changes = []) =>
  store.commit("sandbox", reads, { changes, additions: [], now: 0 });

test("an equal record that was written again counts as a changed one", async () => {
  const store = memoryStore();
  const token = () => ({ accountId: "alice", use: "id", expiresAt: 0, forgetAt: 5 }) as const;
  const read = token();
  await write(store, [{ kind: "token", key: "t", value: read }]);
  await write(store, [{ kind: "token", key: "t", value: token() }]);
  expect(await write(store, [], [{ kind: "token", key: "t", value: read }])).toBe(false);
});
