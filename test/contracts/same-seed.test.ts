/** The same seed makes the same requests, character by character. */
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

/** The API requests of each case in sending order, against a new mock with a frozen clock. */
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

test("two runs with one seed send the same requests, case by case", async () => {
  const first = await requestsWith("one");
  const second = await requestsWith("one");
  expect(Object.keys(first)).toHaveLength(allCases.length);
  for (const one of allCases) {
    expect(first[one.id]?.length, one.id).toBeGreaterThan(0);
    expect(comparable(one, second[one.id]), one.id).toEqual(comparable(one, first[one.id]));
  }
});

/** Which of two concurrent requests is served first, and which gets which token, is up to the target. */
function comparable({ category }: Case, requests: readonly Requested[] = []): unknown {
  if (category !== "concurrency") return requests;
  return requests.map((request) => JSON.stringify(request).replace(/eyJ[\w.-]+/g, "token")).sort();
}

test("another seed gives other values in every body", async () => {
  // This request sends only the target's own token.
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
