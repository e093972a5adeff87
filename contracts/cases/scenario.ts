/**
 * A scenario is a valid request and its fixture. A mutation makes one thing wrong. A check case is a scenario with one
 * mutation, an order case has two, so each case breaks only the rules that it is about.
 */

import type { Category } from "../reports/report.ts";
import type { Basis } from "../spec/basis.ts";
import type { Requirement } from "../target/requirements.ts";
import type { Case } from "../world/case.ts";
import { expectSuccess } from "../world/expect.ts";
import type { Params } from "../world/expect-text.ts";
import type { Account, Draft, Reply, World } from "../world/world.ts";

export interface Fixture {
  readonly world: World;
  /** The request; a mutation changes it. */
  readonly draft: Draft;
  /** The accounts that a refused request must not change. */
  readonly mustNotChange: readonly Account[];
  /** Records each missing effect of a successful request. */
  verifyEffects(reply: Reply): Promise<void>;
  /** Records each effect of a refused request, beyond the accounts in `mustNotChange`. */
  verifyNoEffects?(): Promise<void>;
  /** Replaces what a refused request may have used up, such as the pass token of a captcha. */
  refreshToken?(draft: Draft): Promise<void>;
}

export interface Scenario<S extends Fixture> {
  readonly operation: string;
  readonly requires: readonly Requirement[];
  /** Operations that set-up and checks call, besides the scenario's own. */
  readonly calls?: readonly string[];
  /**
   * Whether a request carries something that a refusal may use up, such as the right code. No page says whether it does.
   * Then each request after a refusal has a new fixture.
   */
  readonly singleUse?: true;
  arrange(world: World): Promise<S>;
}

export interface RequestMutation<S extends Fixture> {
  /** The expected behaviour, such as "A used code is refused". */
  readonly title: string;
  /** Requirements beyond those of the scenario. */
  readonly requires?: readonly Requirement[];
  readonly calls?: readonly string[];
  readonly alone?: true;
  apply(fixture: S): Promise<void> | void;
  /** The values in the text of the refusal. */
  params?(world: World): Params;
  /** Whether the refused request has no effect, so that the valid request must succeed after it. */
  readonly retryable?: true;
  /** Whether the first refusal uses something up, so that the second language requires a new fixture. */
  readonly singleUse?: true;
}

export type RequestMutations<S extends Fixture> = Readonly<Record<string, RequestMutation<S>>>;

export interface Details {
  readonly name: string;
  readonly title: string;
  readonly category: Category;
  readonly check?: string;
  readonly requires?: readonly Requirement[];
  readonly calls?: readonly string[];
  readonly alone?: boolean;
  readonly last?: boolean;
  /** `inferred` if no page prints the expectation: then each deviation is a finding. */
  readonly basis?: Basis;
}

/** A case that starts with the fixture of the scenario. */
export function caseOf<S extends Fixture>(
  scenario: Scenario<S>,
  { name, requires = [], calls = [], ...details }: Details,
  run: (fixture: S) => Promise<void>,
): Case {
  return {
    ...details,
    id: `${scenario.operation}/${name}`,
    operation: scenario.operation,
    requires: [...new Set([...scenario.requires, ...requires])],
    calls: [...new Set([...(scenario.calls ?? []), ...calls])],
    run: async (world) => run(await scenario.arrange(world)),
  };
}

/** The documented success: the response and its effects. */
export function successCase<S extends Fixture>(
  scenario: Scenario<S>,
  title: string,
  requires: readonly Requirement[] = [],
): Case {
  return caseOf(scenario, { name: "success", title, category: "success", requires: requires }, succeeds);
}

/** Sends the request of the fixture, and expects the documented success with its effects. */
export async function succeeds(fixture: Fixture): Promise<void> {
  const reply = await fixture.world.send(fixture.draft);
  if (expectSuccess(fixture.world, reply)) await fixture.verifyEffects(reply);
}

/** After the refusal the valid request succeeds: the same one, or a new one where the refusal used something up. */
export async function stillSucceeds<S extends Fixture>(scenario: Scenario<S>, fixture: S, valid: Draft): Promise<void> {
  const { world } = fixture;
  await fixture.refreshToken?.(valid);
  const reply = await world.send(valid);
  const isPromised = world.states("code_used_when_refused") && !world.figure("code_used_when_refused");
  if (reply.succeeded || isPromised || !scenario.singleUse) {
    if (expectSuccess(world, reply)) await fixture.verifyEffects(reply);
    return;
  }
  world.choose(`${scenario.operation}/code-after-a-refusal`, "stays valid", "is used up");
  await succeeds(await scenario.arrange(world));
}

/** The fixture for a request after a refusal. */
export async function renewed<S extends Fixture>(scenario: Scenario<S>, fixture: S): Promise<S> {
  if (scenario.singleUse) return scenario.arrange(fixture.world);
  await fixture.refreshToken?.(fixture.draft);
  return fixture;
}

/** Runs a refused attempt, and records each effect that it must not have. */
export async function leavesAlone<S extends Fixture>(
  fixture: S,
  attempt: (fixture: S) => Promise<void>,
): Promise<void> {
  const before = await fixture.world.remember(...fixture.mustNotChange);
  const earlier = fixture.world.exchanges.length;
  await attempt(fixture);
  if (hasSucceeded(fixture.world, fixture.draft.operation, earlier)) return;
  await before.unchanged();
  await fixture.verifyNoEffects?.();
}

/** For each value a refused attempt, in a fixture that no earlier refusal has used up. */
export async function eachRenewed<S extends Fixture, V>(
  scenario: Scenario<S>,
  fixture: S,
  values: readonly V[],
  attempt: (fixture: S, value: V) => Promise<void>,
): Promise<void> {
  let current = fixture;
  for (const [index, value] of values.entries()) {
    if (index > 0) current = await renewed(scenario, current);
    await leavesAlone(current, (one) => attempt(one, value));
  }
}

/** Then the attempt has effects. They would only repeat the deviation that is recorded already. */
function hasSucceeded({ exchanges }: World, operation: string, earlier: number): boolean {
  return exchanges.slice(earlier).some((one) => one.operation === operation && one.succeeded);
}

/** Changes the request itself; for mutations. */
export function amend(draft: Draft, change: Partial<Omit<Draft, "operation">>): void {
  Object.assign(draft, change);
}
