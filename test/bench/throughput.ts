/** Requests per second over 50 connections, and CPU time per request, for the mock and its baselines in turn. */
import type { Figure } from "./figures.ts";
import { type Load, requestsPerSecond } from "./load.ts";
import { plantCodes, REFUSAL, REFUSED, updateEmail } from "./loads.ts";
import { bareServer, type Measured, mockServer, prismMock } from "./servers.ts";

const ROUNDS = 7;
const REQUESTS = 40_000;
const REQUESTS_TO_PRISM = 2_000;

interface Cost {
  readonly perSecond: number;
  /** CPU time of the server's main thread for one request, in microseconds. */
  readonly cpu: number;
}

async function costOf(server: Measured, load: Load, from: number): Promise<Cost> {
  const before = await server.cpuTime();
  const perSecond = await requestsPerSecond(server.url, load, from, REQUESTS);
  return { perSecond, cpu: ((await server.cpuTime()) - before) / REQUESTS };
}

export async function throughput(): Promise<Figure[]> {
  const mock = await mockServer();
  const figures = [...(await refusedSendSms(mock)), ...(await successfulUpdateEmail(mock))];
  await mock.stop();
  return figures;
}

async function refusedSendSms(mock: Measured): Promise<Figure[]> {
  const bare = await bareServer(REFUSED.status, REFUSAL);
  const prism = await prismMock();
  const rounds: [ours: Cost, theirs: Cost][] = [];
  const againstPrism: number[] = [];
  // The first round is a warm-up and does not count.
  for (let round = 0; round <= ROUNDS; round++) {
    const theirs = await costOf(bare, REFUSED, 0);
    const ours = await costOf(mock, REFUSED, 0);
    const prisms = await requestsPerSecond(prism.url, REFUSED, 0, REQUESTS_TO_PRISM);
    if (round === 0) continue;
    rounds.push([ours, theirs]);
    againstPrism.push(ours.perSecond / prisms);
  }
  await Promise.all([bare.stop(), prism.stop()]);
  return [
    ...againstBare("refused sendSms", rounds, { perSecond: 0.7, cpu: 0.78 }),
    { name: "throughput, refused sendSms, mock / prism mock", values: againstPrism, bound: { atLeast: 10 } },
  ];
}

/** Each request changes the demo account's address. */
async function successfulUpdateEmail(mock: Measured): Promise<Figure[]> {
  const bare = await bareServer(200, "");
  const rounds: [ours: Cost, theirs: Cost][] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const from = round * REQUESTS;
    await plantCodes(mock, from, REQUESTS);
    const load = await updateEmail(mock, ["demo"]);
    const theirs = await costOf(bare, load, from);
    const ours = await costOf(mock, load, from);
    if (round > 0) rounds.push([ours, theirs]);
  }
  await bare.stop();
  return againstBare("updateEmail with a planted code", rounds, { perSecond: 0.5, cpu: 0.6 });
}

function againstBare(what: string, rounds: readonly (readonly [Cost, Cost])[], atLeast: Cost): Figure[] {
  return [
    {
      name: `throughput, ${what}, mock / bare node:http`,
      values: rounds.map(([ours, theirs]) => ours.perSecond / theirs.perSecond),
      bound: { atLeast: atLeast.perSecond },
    },
    {
      name: `CPU of the main thread per request, ${what}, bare node:http / mock`,
      values: rounds.map(([ours, theirs]) => theirs.cpu / ours.cpu),
      bound: { atLeast: atLeast.cpu },
    },
  ];
}
