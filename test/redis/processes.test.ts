/** Four processes over one Redis: races with one winner, a process that is killed, and every case through a balancer. */
import { expect, onTestFinished, type TestContext, test } from "vitest";
import { run } from "../../cli/run.ts";
import { allCases } from "../../contracts/all-cases.ts";
import { connect } from "../../mocks/client/client.ts";
import { DEVICE, MOBILE } from "../support/mock/api.ts";
import { balancer } from "../support/redis/balancer.ts";
import { type Served, servers } from "../support/redis/processes.ts";
import { redisServer } from "../support/redis/redis.ts";

const RIVALS = 200;

async function four(context: TestContext): Promise<readonly Served[]> {
  return servers(4, await redisServer(context));
}

/** Sends the same request to the processes by turns, all at once. Returns how many got each status. */
async function race(all: readonly Served[], path: string, body: object, headers: object = {}): Promise<object> {
  const { clientId } = connect({ url: all[0]?.url ?? "" });
  const statuses = await Promise.all(
    Array.from({ length: RIVALS }, async (_, rival) => {
      const response = await fetch(`${all[rival % all.length]?.url}${path}`, {
        method: "POST",
        headers: { ...DEVICE, "x-client-id": clientId, "content-type": "application/json", ...headers },
        body: JSON.stringify(body),
      });
      await response.body?.cancel();
      return response.status;
    }),
  );
  return Object.fromEntries([...new Set(statuses)].map((one) => [one, statuses.filter((it) => it === one).length]));
}

test("of many requests that redeem one code at four processes, one succeeds", async (context) => {
  const all = await four(context);
  const mock = connect({ url: all[1]?.url ?? "" });
  const { id } = await mock.accounts.create({ mobile: "13800000001" });
  const { idToken } = await mock.accounts.issueTokens(id);
  const verify_code = await mock.codes.plant({ to: MOBILE, scene: "UPDATE_MOBILE_SMS" });
  const change = { mobile: MOBILE, verify_code };
  const outcome = await race(all, "/api/v2/sdk/profile/update-mobile", change, { authorization: `Bearer ${idToken}` });
  expect(outcome).toEqual({ 200: 1, 400: RIVALS - 1 });
});

test("of many accounts that claim one number at four processes, one is created", async (context) => {
  const all = await four(context);
  expect(await race(all, "/__testkit/accounts", { mobile: MOBILE })).toEqual({ 201: 1, 409: RIVALS - 1 });
});

test("a process that is killed while it works loses nothing that it has acknowledged", async (context) => {
  const all = await four(context);
  const [victim, witness] = all as [Served, Served];
  const acknowledged: string[] = [];
  const create = async () => {
    for (;;) acknowledged.push((await connect({ url: victim.url }).accounts.create({})).id);
  };
  const over = Promise.allSettled(Array.from({ length: 20 }, create));
  await expect.poll(() => acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(200);
  victim.signal("SIGKILL");
  await over;
  const kept = new Set((await connect({ url: witness.url }).accounts.list()).map(({ id }) => id));
  expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
});

test("every case passes when a balancer sends each request to a random one of four processes", async (context) => {
  const all = await four(context);
  const { url, counts, close } = await balancer(all.map((one) => one.url));
  onTestFinished(close);
  let out = "";
  const exitCode = await run(["verify", url], {
    out: { write: (text: string) => (out += text) },
    err: { write: (text: string) => (out += text) },
    env: {},
    stopped: new Promise(() => {}),
  });
  expect(out).toContain(`${allCases.length} passed`);
  expect(exitCode).toBe(0);
  expect(counts.size).toBe(4);
}, 600_000);
