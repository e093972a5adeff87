/**
 * What the results say about the control calls. A token, a code or a fault can have no effect in the API although its
 * call works. Then all cases that rely on it fail, and one line says why.
 */

import type { ReportedCase } from "../reports/report.ts";
import type { Capability } from "../target/target.ts";

/** The calls whose effect only the API shows, in the order in which cases rely on each other. */
const EFFECTS: Readonly<Partial<Record<Capability, string>>> = {
  accounts: "the API does not know the accounts",
  tokens: "the API does not know the tokens",
  "captcha-tokens": "the API does not accept the captcha tokens",
  "captcha-answer": "the API does not accept the solutions",
  codes: "the API does not accept the codes",
  messages: "the messages are not those that the API sends",
  clock: "the clock of the API does not move",
  faults: "the faults do not reach the API",
};

/** A few cases may fail for another reason. */
const FEWEST_CASES = 3;
const FEWEST_SUCCESSES = 2;
const MOST_FAIL = 0.8;

type Result = Pick<ReportedCase, "axis" | "outcome" | "reason" | "needs" | "operation">;

/** One hint for each capability that no case could use. */
export function lateHints(cases: readonly Result[], declared: readonly string[]): readonly string[] {
  const offered = new Set(declared);
  const isDoubtful = (name: string) =>
    offered.has(name) && isUseless(cases.filter((one) => isTried(one) && uses(one, name, offered)));
  return Object.entries(EFFECTS)
    .filter(([name]) => isDoubtful(name))
    .map(([name, effect]) => `The cases that use "${name}" fail, although its control call works: perhaps ${effect}`);
}

/** A case that is blocked was tried only if its preparation failed. */
function isTried({ outcome, reason }: Result): boolean {
  if (outcome === "blocked") return reason.startsWith("Preparation failed");
  return outcome !== "not-applicable" && outcome !== "error";
}

/** Whether the case uses the capability: of alternatives, a case takes the first that the target offers. */
function uses({ needs }: Result, capability: string, offered: ReadonlySet<string>): boolean {
  return needs.some((need) => {
    const ways = need.split("|").map((way) => way.split("+"));
    return ways.find((way) => way.every((name) => offered.has(name)))?.includes(capability) === true;
  });
}

/** Whether no documented success is among the cases; without such cases, whether nearly all fail. */
function isUseless(cases: readonly Result[]): boolean {
  const successes = cases.filter(({ axis }) => axis === "success");
  if (new Set(successes.map(({ operation }) => operation)).size >= FEWEST_SUCCESSES)
    return successes.every(isUnsuccessful);
  return cases.length >= FEWEST_CASES && cases.filter(isUnsuccessful).length / cases.length >= MOST_FAIL;
}

function isUnsuccessful({ outcome }: Result): boolean {
  return outcome === "failed" || outcome === "blocked" || outcome === "known";
}
