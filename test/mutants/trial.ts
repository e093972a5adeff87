/** Checks whether the cases that a mutant names notice its bug. */

import { type CaseResult, outcomeOf } from "../../contracts/runner/outcome.ts";
import { planOf } from "../../contracts/runner/plan.ts";
import type { Spec } from "../../contracts/spec/types.ts";
import { controlTarget } from "../../contracts/target/control-target.ts";
import type { Case } from "../../contracts/world/case.ts";
import { openSession } from "../../contracts/world/session.ts";
import type { Mock } from "../../mocks/index.ts";
import type { Mutant } from "./mutant.ts";
import { mutatedMock } from "./mutated-mock.ts";
import { namedCases } from "./named-cases.ts";
import { AS_IT_IS, type Verdict } from "./verdict.ts";

export interface Suite {
  readonly spec: Spec;
  readonly cases: readonly Case[];
}

/** A bug may keep a request waiting for ever. */
const LONGEST_CASE_MS = 10_000;

export async function verdictOn(mutant: Mutant, suite: Suite): Promise<Verdict> {
  const cases = namedBy([mutant], suite);
  if (cases.length === 0) return { mutant: mutant.name, complaints: ["it names no case"] };
  const complaints = await complaintsOf(async () => {
    const results = await resultsOf(suite, cases, await mutatedMock(mutant));
    return results.filter(({ outcome }) => outcome !== "failed");
  });
  return { mutant: mutant.name, complaints };
}

/** A change without an effect: loading a mutant must not be noticed by itself. */
const NO_BUG: Mutant = {
  name: AS_IT_IS,
  file: "core/clock.ts",
  find: "export const SECOND_MS = 1_000;",
  put: "export const SECOND_MS = 1000;",
  kills: [],
};

/** The cases that the mutants name pass without a bug. */
export async function verdictOnNone(mutants: readonly Mutant[], suite: Suite): Promise<Verdict> {
  const complaints = await complaintsOf(async () => {
    const results = await resultsOf(suite, namedBy(mutants, suite), await mutatedMock(NO_BUG));
    return results.filter(({ outcome }) => outcome !== "passed");
  });
  return { mutant: NO_BUG.name, complaints };
}

function namedBy(mutants: readonly Mutant[], { cases, spec }: Suite): readonly Case[] {
  return [...new Set(mutants.flatMap((mutant) => namedCases(mutant, cases, spec)))];
}

async function complaintsOf(work: () => Promise<readonly CaseResult[]>): Promise<readonly string[]> {
  try {
    const results = await work();
    return results.map(({ id, outcome, reason }) => `${id}: ${outcome}${reason === "" ? "" : `, ${reason}`}`);
  } catch (error) {
    return [`cannot be tried: ${error instanceof Error ? error.message : String(error)}`];
  }
}

async function resultsOf({ spec }: Suite, cases: readonly Case[], mock: Mock): Promise<readonly CaseResult[]> {
  const target = await controlTarget({ baseUrl: "http://ciam.test", fetch: served(mock) });
  const session = await openSession(spec, target, { seed: "mutants" });
  const results: CaseResult[] = [];
  for (const entry of planOf(spec, cases, target)) {
    results.push(await inTime(entry.case.id, outcomeOf(session, entry, { strict: true, strictOrder: true })));
  }
  return results;
}

/** Over HTTP, an error of the mock is a response too. */
function served(mock: Mock): (url: string, init: RequestInit) => Promise<Response> {
  return (url, init) => mock.fetch(url, init).catch((error) => new Response(String(error), { status: 500 }));
}

async function inTime<T>(what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new Error(`${what} has not ended within ${LONGEST_CASE_MS / 1_000} s`);
    timer = setTimeout(() => reject(error), LONGEST_CASE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
