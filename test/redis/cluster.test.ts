/** The store over a cluster of three nodes: each sandbox is on one of them. */
import { createClient } from "@redis/client";
import { expect, onTestFinished, test } from "vitest";
import { redisStore } from "../../mocks/stores/redis/redis-store.ts";
import { MOBILE, sendSms, stillMock } from "../support/mock/api.ts";
import { fillSandbox } from "../support/mock/filled-sandbox.ts";
import { sleeper } from "../support/mock/manual-sleep.ts";
import { startCluster } from "../support/redis/cluster.ts";
import { assertRedis } from "../support/redis/redis.ts";

test("two mocks over a cluster share all sandboxes, messages and snapshots, on every node", async ({ skip }) => {
  assertRedis(skip);
  const nodes = await startCluster();
  const { sleep, asleep } = sleeper();
  const stores = nodes.map(({ url }) => redisStore(url));
  onTestFinished(async () => {
    for (const store of stores) store.close();
    await Promise.all(nodes.map((node) => node.remove()));
  });
  const [here, there] = stores.map((store) => stillMock({ store, sleep }));
  if (here === undefined || there === undefined) throw new Error("the cluster has no nodes");
  for (const store of stores) await store.open();

  const names = Array.from({ length: 30 }, (_, index) => `team-${index}`);
  for (const clientId of names) await here.sandboxes.create({ clientId });
  expect([...(await there.sandboxes.list())].sort()).toEqual([here.clientId, ...names].sort());
  expect(Math.min(...(await keysOf(nodes)))).toBeGreaterThan(0);
  for (const clientId of names) await there.sandbox(clientId).accounts.create({ mobile: MOBILE });

  const waiting = there.messages.wait({ to: MOBILE, seconds: 30 });
  await asleep(1);
  await sendSms(here, MOBILE, "BIND_MOBILE_SMS");
  expect(await waiting).toMatchObject({ to: `+86-${MOBILE}` });

  await here.reset();
  const one = here.sandbox("team-7");
  const snapshot = await one.snapshot.take();
  await one.reset();
  expect(await there.sandbox("team-7").accounts.list()).toEqual([]);
  await there.sandbox("team-7").snapshot.restore(snapshot);
  expect(await one.snapshot.take()).toEqual(snapshot);
  await there.sandboxes.delete("team-7");
  await expect(one.accounts.list()).rejects.toThrow("no sandbox has the client id team-7");
});

test("while the nodes of a cluster are away requests get 503, and then the mock goes on", async ({ skip }) => {
  assertRedis(skip);
  const nodes = await startCluster();
  const store = redisStore(nodes[0]?.url ?? "");
  onTestFinished(async () => {
    store.close();
    await Promise.all(nodes.map((node) => node.remove()));
  });
  const mock = stillMock({ store, sleep: async () => {} });
  await fillSandbox(mock);
  const snapshot = await mock.snapshot.take();
  for (const node of nodes) await node.stop("SIGKILL");
  expect(await requestStatus()).toBe(503);
  for (const node of nodes) await node.start();
  await expect.poll(requestStatus, { timeout: 60_000 }).toBe(200);
  expect(await mock.snapshot.take()).toEqual(snapshot);

  async function requestStatus(): Promise<number> {
    return (await mock.fetch("http://ciam.test/__testkit/clock")).status;
  }
});

/** How many keys each node has. */
function keysOf(nodes: Awaited<ReturnType<typeof startCluster>>): Promise<number[]> {
  return Promise.all(
    nodes.map(async ({ url }) => {
      const client = await createClient({ url }).connect();
      const count = Number(await client.sendCommand(["DBSIZE"]));
      client.destroy();
      return count;
    }),
  );
}
