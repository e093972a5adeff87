/** Four servers over one Redis: races with one winner, kills, a Redis that stops, waits that wake, and the memory of many sandboxes. */
import { createClient } from "@redis/client";
import { connect } from "../../mocks/client/client.ts";
import { DEFAULT_CLIENT_ID } from "../../mocks/index.ts";
import { DEVICE } from "../support/mock/api.ts";
import { type RedisServer, startRedis } from "../support/redis/server.ts";
import { type Asked, client } from "./client.ts";
import { type Load, megabytes, type Row } from "./row.ts";
import { type Server, startServer } from "./server.ts";

const RACES = 20;
const RIVALS = 1_000;
const KILLS = 5;
const WAITS = 200;
const SANDBOXES = 500;
const ACCOUNTS = 20;
const AWAY_MS = 5_000;

export async function redis({ share }: Load): Promise<readonly Row[]> {
  const store = await startRedis();
  const servers = await Promise.all([1, 2, 3, 4].map(() => startServer("--store", store.url)));
  const count = (whole: number) => Math.max(1, Math.round(whole * share));
  try {
    return [
      ...(await races(servers, count(RACES))),
      ...(await waits(servers, count(WAITS))),
      ...(await kills(store, servers[0] as Server, count(KILLS))),
      ...(await away(store, servers)),
      ...(await memory(store, servers, count(SANDBOXES))),
    ];
  } finally {
    await Promise.all(servers.map(({ end }) => end("SIGKILL")));
    await store.remove();
  }
}

function row(what: string, value: string | number, fault: boolean): Row {
  return { part: "redis", what, value, fault };
}

/** Redemptions of one code and claims of one number by turns, spread over all servers. */
async function races(servers: readonly Server[], count: number): Promise<readonly Row[]> {
  const clients = servers.map(({ url }) => client(url, RIVALS / servers.length));
  const mock = connect({ url: servers[0]?.url ?? "" });
  const winners: number[] = [];
  for (let turn = 0; turn < 2 * count; turn++) {
    const mobile = `139${10_000_000 + turn}`;
    const request = turn % 2 === 0 ? await redemption(mock, mobile) : claim(mobile);
    const sent = Array.from({ length: RIVALS }, (_, rival) => clients[rival % clients.length]?.send(request));
    const statuses = await Promise.all(sent);
    winners.push(statuses.filter((status) => status === 200 || status === 201).length);
  }
  for (const { close } of clients) close();
  return [
    row(`races of ${RIVALS} requests over ${servers.length} servers`, winners.length, false),
    row(
      "winners of each",
      winners.join(" "),
      winners.some((one) => one !== 1),
    ),
  ];
}

const JSON_HEADERS = { ...DEVICE, "x-client-id": DEFAULT_CLIENT_ID, "content-type": "application/json" };

async function redemption(mock: ReturnType<typeof connect>, mobile: string): Promise<Asked> {
  const { id } = await mock.accounts.create({});
  const { idToken } = await mock.accounts.issueTokens(id);
  const verify_code = await mock.codes.plant({ to: mobile, scene: "UPDATE_MOBILE_SMS" });
  return {
    method: "POST",
    path: "/api/v2/sdk/profile/update-mobile",
    headers: { ...JSON_HEADERS, authorization: `Bearer ${idToken}` },
    body: JSON.stringify({ mobile, verify_code }),
  };
}

function claim(mobile: string): Asked {
  return { method: "POST", path: "/__testkit/accounts", headers: JSON_HEADERS, body: JSON.stringify({ mobile }) };
}

/** A call waits at one server; the message is sent through another one. Milliseconds from the sending to the response. */
async function waits([first, second]: readonly Server[], count: number): Promise<readonly Row[]> {
  const [here, there] = [connect({ url: first?.url ?? "" }), connect({ url: second?.url ?? "" })];
  const { send, close } = client(first?.url ?? "", 1);
  const took: number[] = [];
  for (let turn = 0; turn < count; turn++) {
    const mobile = `137${10_000_000 + turn}`;
    const captcha_token = await here.captcha.issueToken({ sender: mobile });
    const waiting = there.messages.wait({ to: mobile, seconds: 10 });
    // The call is on its way: a message that is there already would be no proof.
    await new Promise((resolve) => setTimeout(resolve, 20));
    const start = performance.now();
    const body = JSON.stringify({ mobile, type: "REGISTER_SMS", captcha_token });
    const [, status] = await Promise.all([
      waiting,
      send({ method: "POST", path: "/api/v2/sdk/sms/send", headers: JSON_HEADERS, body }),
    ]);
    if (status !== 200) throw new Error(`the message was not sent: ${status}`);
    took.push(performance.now() - start);
  }
  close();
  const sorted = took.sort((a, b) => a - b);
  const [median, p99] = [0.5, 0.99].map((part) => (sorted[Math.floor(part * (count - 1))] ?? 0).toFixed(1));
  return [row("wait at another server, ms: median and 99 %", `${median} ${p99}`, Number(p99) > 1_000)];
}

/** Kills a server under load, again and again; each account that it has acknowledged is there. */
async function kills(store: RedisServer, witness: Server, count: number): Promise<readonly Row[]> {
  const acknowledged = new Set<string>();
  for (let turn = 0; turn < count; turn++) {
    const victim = await startServer("--store", store.url);
    const { accounts } = connect({ url: victim.url });
    const create = async () => {
      for (;;) acknowledged.add((await accounts.create({})).id);
    };
    const over = Promise.allSettled(Array.from({ length: 20 }, create));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await victim.end("SIGKILL");
    await over;
  }
  const kept = new Set((await connect({ url: witness.url }).accounts.list()).map(({ id }) => id));
  const lost = [...acknowledged].filter((id) => !kept.has(id)).length;
  return [
    row("servers killed under load", count, false),
    row("acknowledged accounts, and how many of them were lost", `${acknowledged.size} ${lost}`, lost > 0),
  ];
}

/** Redis stops for a while under load: only 503 meanwhile, and all servers go on. */
async function away(store: RedisServer, servers: readonly Server[]): Promise<readonly Row[]> {
  const clients = servers.map(({ url }) => client(url, 5));
  const statuses = new Map<number, number>();
  const until = performance.now() + AWAY_MS + 5_000;
  const request: Asked = { method: "GET", path: "/__testkit/clock", headers: JSON_HEADERS, body: "" };
  const ask = async ({ send }: (typeof clients)[number]) => {
    while (performance.now() < until) {
      const status = await send(request);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status !== 200) await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const load = Promise.all(clients.flatMap((one) => Array.from({ length: 5 }, () => ask(one))));
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  await store.stop();
  await new Promise((resolve) => setTimeout(resolve, AWAY_MS));
  await store.start();
  await load;
  const last = await Promise.all(clients.map(({ send }) => send(request)));
  for (const { close } of clients) close();
  const found = [...statuses].map(([status, times]) => `${status}: ${times}`).join(", ");
  const others = [...statuses.keys()].filter((status) => status !== 200 && status !== 503);
  return [
    row(`statuses while Redis was away for ${AWAY_MS} ms`, found, others.length > 0 || !statuses.has(503)),
    row(
      "statuses of the servers after it",
      last.join(" "),
      last.some((status) => status !== 200),
    ),
  ];
}

async function memory(store: RedisServer, servers: readonly Server[], count: number): Promise<readonly Row[]> {
  const administrator = createClient({ url: store.url });
  await administrator.connect();
  const used = async () => Number(/used_memory:(\d+)/.exec(String(await administrator.sendCommand(["INFO"])))?.[1]);
  const before = await used();
  for (let index = 0; index < count; index++) {
    const server = connect({ url: servers[index % servers.length]?.url ?? "" });
    const { accounts } = await server.sandboxes.create();
    const seeds = Array.from({ length: ACCOUNTS }, (_, one) => ({
      mobile: `136${10_000_000 + one}`,
      name: `account ${one}`,
    }));
    await Promise.all(seeds.map((seed) => accounts.create(seed)));
  }
  const grown = (await used()) - before;
  administrator.destroy();
  return [row(`memory of Redis for ${count} sandboxes of ${ACCOUNTS} accounts`, megabytes(grown), false)];
}
