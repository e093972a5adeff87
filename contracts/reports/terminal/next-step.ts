/** What the author of the target can do next: the capabilities that let the most blocked cases run. */
import type { Report, ReportedCase } from "../report.ts";
import { withOutcome } from "../shared/grouping.ts";
import { wrappedLine } from "./wrapped-line.ts";

/** The first call of each capability; contracts/control.yaml has all of them. */
export const CALLS: Readonly<Record<string, string>> = {
  sandboxes: "POST /__testkit/sandboxes",
  accounts: "POST /__testkit/accounts",
  "account-read": "GET /__testkit/accounts/{id}",
  "account-deletion": "DELETE /__testkit/accounts/{id}",
  "password-check": "POST /__testkit/accounts/{id}/password-check",
  tokens: "POST /__testkit/accounts/{id}/tokens",
  "captcha-tokens": "POST /__testkit/captcha-tokens",
  "captcha-answer": "GET /__testkit/captcha/{token}",
  codes: "POST /__testkit/codes",
  messages: "GET /__testkit/messages",
  clock: "POST /__testkit/clock",
  faults: "POST /__testkit/faults",
  policy: "PATCH /__testkit/policy",
  "policy-read": "GET /__testkit/policy",
};

/** More capabilities than this are not one step. */
const MOST_AT_ONCE = 3;

/** Empty if nothing is blocked for lack of a capability, or if the run has another problem first. */
export function nextStep({ inconclusive, cases, target }: Report): string[] {
  const step = inconclusive === null ? bestStep(withOutcome(cases, "blocked")) : undefined;
  if (step === undefined) return [];
  const names = `${step.capabilities.slice(0, -1).join(", ")} and ${step.capabilities.at(-1)}`.replace(/^ and /, "");
  const first = target.capabilities.length === 0 ? ["GET /__testkit"] : [];
  const calls = [...first, ...step.capabilities.map((name) => CALLS[name] ?? name)].join(", ");
  const noun = step.capabilities.length === 1 ? "capability" : "capabilities";
  return [
    [
      `Next: add the ${noun} ${names}. Then ${step.cases} more ${step.cases === 1 ? "case" : "cases"} can run.`,
      wrappedLine("  Control calls: ", [calls]),
      "  How: docs/contracts/README.md in the package ciam-testkit",
    ].join("\n"),
  ];
}

interface Step {
  readonly capabilities: readonly string[];
  /** The cases that can run then. */
  readonly cases: number;
}

/** The one with the most cases for each capability. */
function bestStep(blocked: readonly ReportedCase[]): Step | undefined {
  const lacking = blocked.map(({ missing }) => missing).filter((missing) => missing.length > 0);
  const names = [...new Set(lacking.flat().flatMap((one) => one.split(/[|+]/)))].filter((name) => name in CALLS);
  let best: Step | undefined;
  for (const capabilities of subsets(names, MOST_AT_ONCE)) {
    const cases = lacking.filter((missing) => missing.every((one) => isMet(one, capabilities))).length;
    if (cases > 0 && (best === undefined || cases * best.capabilities.length > best.cases * capabilities.length))
      best = { capabilities, cases };
  }
  return best;
}

/** A missing entry has alternatives, and an alternative can need several capabilities. */
function isMet(missing: string, offered: readonly string[]): boolean {
  return missing.split("|").some((way) => way.split("+").every((name) => offered.includes(name)));
}

/** All choices of one to `most` names, the small ones first. */
function subsets(names: readonly string[], most: number): readonly (readonly string[])[] {
  let found: readonly (readonly string[])[] = [[]];
  const all: (readonly string[])[] = [];
  for (let size = 1; size <= most; size++) {
    found = found.flatMap((one) => names.slice(names.indexOf(one.at(-1) ?? "") + 1).map((name) => [...one, name]));
    all.push(...found);
  }
  return all;
}
