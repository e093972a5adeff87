/** The same seed makes the same requests, to the last character. */
import { expect, test } from "vitest";
import { allCases } from "../../contracts/all-cases.ts";
import { controlTarget } from "../../contracts/index.ts";
import { openRun } from "../../contracts/runner/run.ts";
import { packagedSpec } from "../../contracts/spec/spec-file.ts";
import type { Case } from "../../contracts/world/case.ts";
import { HOST } from "../support/contracts/contract-adapters.ts";
import { stillMock } from "../support/mock/api.ts";

interface Requested {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  /** Empty where there is none. */
  readonly body: string;
}

/** What each case asks the API, in the order of sending, of a mock that nobody has used, whose time stands still. */
async function requestsWith(seed: string, cases = allCases): Promise<Record<string, readonly Requested[]>> {
  const mock = stillMock();
  let requests: Requested[] = [];
  const target = await controlTarget({
    baseUrl: HOST,
    async fetch(url, init) {
      const { method, headers } = new Request(url, init);
      if (url.startsWith(`${HOST}/api/`))
        requests.push({ method, url, headers: [...headers], body: String(init.body ?? "") });
      return mock.fetch(url, init);
    },
  });
  const run = await openRun(packagedSpec(), target, { seed });
  const sent: Record<string, readonly Requested[]> = {};
  for (const one of cases) {
    requests = [];
    await run.outcome(one);
    sent[one.id] = requests;
  }
  return sent;
}

test("two runs with one seed send the same requests, case by case", { timeout: 60_000 }, async () => {
  const first = await requestsWith("one");
  const second = await requestsWith("one");
  expect(Object.keys(first)).toHaveLength(allCases.length);
  for (const one of allCases) {
    expect(first[one.id]?.length, one.id).toBeGreaterThan(0);
    expect(comparable(one, second[one.id]), one.id).toEqual(comparable(one, first[one.id]));
  }
});

/** Which of two requests at once a target serves first is its own affair, and so is which of them gets which token. */
function comparable({ category }: Case, requests: readonly Requested[] = []): unknown {
  if (category !== "concurrency") return requests;
  return requests.map((request) => JSON.stringify(request).replace(/eyJ[\w.-]+/g, "token")).sort();
}

test("another seed gives other values in every body", { timeout: 60_000 }, async () => {
  // What this one sends is the target's own token alone.
  const isOurs = (operation: string) => operation !== "genauthUpdatePhone";
  const successes = allCases.filter(({ category, operation }) => category === "success" && isOurs(operation));
  const bodies = async (seed: string) =>
    Object.values(await requestsWith(seed, successes))
      .flat()
      .map(({ body }) => body);
  const [one, other] = [await bodies("one"), await bodies("other")];
  const filled = one.filter((body) => body !== "");
  expect(filled.length).toBeGreaterThan(0);
  expect(filled.filter((body) => other.includes(body))).toEqual([]);
});
