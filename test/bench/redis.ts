/** The mock over Redis against the mock in memory, in turn, each in one process. */
import { createClient } from "@redis/client";
import { startRedis } from "../support/redis/server.ts";
import type { Figure } from "./figures.ts";
import { requestsPerSecond } from "./load.ts";
import { newAccounts, plantCodes, REFUSED, updateEmail } from "./loads.ts";
import { type Measured, mockServer } from "./servers.ts";

const ROUNDS = 7;
const REQUESTS = 10_000;
/** So few that the store still remembers the codes that were planted, as it would in use. */
const CHANGES = 2_000;
const ACCOUNTS = 50;

/** Requests per second, and round trips to Redis per request. */
interface Round {
  readonly perSecond: number;
  readonly roundTrips: number;
}

export async function redis(): Promise<Figure[]> {
  const server = await startRedis();
  const client = await createClient({ url: server.url }).connect();
  const mocks = { memory: await mockServer(), redis: await mockServer("--store", server.url) };
  const roundTrips = async () => countIn(String(await client.sendCommand(["INFO", "commandstats"])));
  try {
    return [...(await refusedSendSms(mocks, roundTrips)), ...(await changedAddresses(mocks, roundTrips))];
  } finally {
    client.destroy();
    await Promise.all([mocks.memory.stop(), mocks.redis.stop()]);
    await server.remove();
  }
}

/** Each commit reads by one HMGET, and so does each other question of a request. */
function countIn(stats: string): number {
  return Number(/cmdstat_hmget:calls=(\d+)/.exec(stats)?.[1] ?? 0);
}

type Mocks = Readonly<Record<"memory" | "redis", Measured>>;
type Count = () => Promise<number>;

async function refusedSendSms(mocks: Mocks, roundTrips: Count): Promise<Figure[]> {
  const rounds: Round[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const memory = await requestsPerSecond(mocks.memory.url, REFUSED, 0, REQUESTS);
    const before = await roundTrips();
    const ours = await requestsPerSecond(mocks.redis.url, REFUSED, 0, REQUESTS);
    const trips = (await roundTrips()) - before;
    if (round > 0) rounds.push({ perSecond: ours / memory, roundTrips: trips / REQUESTS });
  }
  return figures("refused sendSms", rounds, 0.5);
}

async function changedAddresses(mocks: Mocks, roundTrips: Count): Promise<Figure[]> {
  const rounds: Round[] = [];
  const inMemory = await newAccounts(mocks.memory, ACCOUNTS);
  const inRedis = await newAccounts(mocks.redis, ACCOUNTS);
  for (let round = 0; round <= ROUNDS; round++) {
    const from = round * CHANGES;
    await Promise.all([plantCodes(mocks.memory, from, CHANGES), plantCodes(mocks.redis, from, CHANGES)]);
    const loads = [await updateEmail(mocks.memory, inMemory), await updateEmail(mocks.redis, inRedis)] as const;
    const memory = await requestsPerSecond(mocks.memory.url, loads[0], from, CHANGES);
    const before = await roundTrips();
    const ours = await requestsPerSecond(mocks.redis.url, loads[1], from, CHANGES);
    const trips = (await roundTrips()) - before;
    if (round > 0) rounds.push({ perSecond: ours / memory, roundTrips: trips / CHANGES });
  }
  return figures(`updateEmail of ${ACCOUNTS} accounts`, rounds, 0.4);
}

function figures(what: string, rounds: readonly Round[], atLeast: number): Figure[] {
  return [
    {
      name: `throughput, ${what}, Redis / memory`,
      values: rounds.map(({ perSecond }) => perSecond),
      bound: { atLeast },
    },
    {
      name: `round trips to Redis per request, ${what}`,
      values: rounds.map((round) => round.roundTrips),
      bound: { atMost: 2 },
    },
  ];
}
