/** The cases that a scenario and its mutations make: one for each check, one for each order of two checks, one for the form. */

import type { Case } from "../world/case.ts";
import { expectRefusal, sendAndExpectRefusal } from "../world/expect.ts";
import type { Draft, World } from "../world/world.ts";
import {
  caseOf,
  type Details,
  type Fixture,
  leavesAlone,
  type RequestMutation,
  type RequestMutations,
  type Scenario,
  stillSucceeds,
} from "./scenario.ts";

/** One case for each mutation, named after the check that must refuse it. */
export function checkCases<S extends Fixture>(scenario: Scenario<S>, mutations: RequestMutations<S>): readonly Case[] {
  return Object.entries(mutations).map(([check, mutation]) => {
    const { title, requires = [], calls = [], alone } = mutation;
    const details = {
      name: check,
      check,
      category: "error",
      title,
      requires,
      calls,
      ...(alone ? { alone } : {}),
    } as const;
    return caseOf(scenario, details, (fixture) => isRefused(scenario, fixture, check, mutation));
  });
}

async function isRefused<S extends Fixture>(
  scenario: Scenario<S>,
  fixture: S,
  check: string,
  mutation: RequestMutation<S>,
): Promise<void> {
  const { world } = fixture;
  const whole = copyOf(fixture.draft);
  await mutation.apply(fixture);
  const isUsedUp = (mutation.singleUse ?? scenario.singleUse) === true;
  const again = isUsedUp ? { again: () => mutatedDraft(scenario, world, mutation) } : {};
  const params = mutation.params === undefined ? {} : { params: mutation.params(world) };
  const before = await world.remember(...fixture.mustNotChange);
  if (!(await sendAndExpectRefusal(world, fixture.draft, check, { ...params, ...again }))) return;
  await before.unchanged();
  await fixture.verifyNoEffects?.();
  if (mutation.retryable) await stillSucceeds(scenario, fixture, whole);
}

/** The form of all responses of the operation: those of this case, and those that all other cases saw. */
export function formCase<S extends Fixture>(scenario: Scenario<S>, mutation: RequestMutation<S>): Case {
  const title = "Each response has the printed status and the printed fields";
  return caseOf(scenario, { name: "form", title, category: "form", last: true }, async (fixture) => {
    const { world } = fixture;
    await world.send(fixture.draft);
    await world.send(await mutatedDraft(scenario, world, mutation), "en");
    world.judgeForm(scenario.operation);
  });
}

/**
 * Two mutations at once: the refusal must be the one that openapi.yaml checks first. Only for mutations that combine.
 */
export function orderCases<S extends Fixture>(
  scenario: Scenario<S>,
  mutations: RequestMutations<S>,
  pairs: readonly (readonly [first: string, second: string])[],
): readonly Case[] {
  return pairs.map(([first, second]) => {
    const [one, other] = [named(mutations, first), named(mutations, second)];
    const details: Details = {
      name: `${first}-before-${second}`,
      title: `${first} is checked before ${second}`,
      category: "order",
      requires: [...(one.requires ?? []), ...(other.requires ?? [])],
      calls: [...(one.calls ?? []), ...(other.calls ?? [])],
      ...(one.alone || other.alone ? { alone: true } : {}),
    };
    return caseOf(scenario, details, async (fixture) => {
      await other.apply(fixture);
      await one.apply(fixture);
      await leavesAlone(fixture, async ({ world, draft }) => {
        const params = one.params?.(world) ?? [];
        expectRefusal(world, await world.send(draft, "en"), first, "en", { params, before: second });
      });
    });
  });
}

function named<S extends Fixture>(mutations: RequestMutations<S>, name: string): RequestMutation<S> {
  const found = mutations[name];
  if (found === undefined) throw new Error(`unknown mutation "${name}" in an order case`);
  return found;
}

async function mutatedDraft<S extends Fixture>(
  scenario: Scenario<S>,
  world: World,
  mutation: RequestMutation<S>,
): Promise<Draft> {
  const fixture = await scenario.arrange(world);
  await mutation.apply(fixture);
  return fixture.draft;
}

function copyOf(draft: Draft): Draft {
  return { ...draft, headers: { ...draft.headers }, body: draft.body === undefined ? undefined : { ...draft.body } };
}
