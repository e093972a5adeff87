/**
 * A scenario is a request that would succeed, with the world around it; a break makes one thing of it wrong. Cases are made of
 * these: a check's case is a scenario with one break, a case of order has two. So only one rule is broken at a time.
 */

import type { Category } from "../reports/report.ts";
import type { Requirement } from "../target/requirements.ts";
import type { Case } from "../world/case.ts";
import { expectRefusal, expectSomeRefusal, expectSuccess, judgeRefusal, type Params } from "../world/expect.ts";
import type { Account, Draft, Reply, World } from "../world/world.ts";

export interface Fixture {
  readonly world: World;
  /** The request; a break changes it. */
  readonly draft: Draft;
  /** The accounts that a refused request must leave as they are. */
  readonly mustNotChange: readonly Account[];
  /** Notes what the request has failed to bring about. */
  verifyEffects(reply: Reply): Promise<void>;
  /** Notes what a refused request has brought about all the same, beyond the watched accounts. */
  verifyNoEffects?(): Promise<void>;
  /** Gives a request new what a refused one may have used up, such as the pass token of a captcha. */
  refreshToken?(draft: Draft): Promise<void>;
}

export interface Scenario<S extends Fixture> {
  readonly operation: string;
  readonly requires: readonly Requirement[];
  /** Operations that arranging and checking call beside the scenario's own. */
  readonly calls?: readonly string[];
  arrange(world: World): Promise<S>;
}

export interface RequestMutation<S extends Fixture> {
  /** What holds, as a sentence, such as "A code works once". */
  readonly title: string;
  /** What it takes beyond the scenario. */
  readonly requires?: readonly Requirement[];
  readonly calls?: readonly string[];
  readonly alone?: true;
  apply(fixture: S): Promise<void> | void;
  /** What fills the text of the refusal. */
  params?(world: World): Params;
  /** Whether the refused request leaves nothing behind, so that the unbroken one succeeds after it. */
  readonly retryable?: true;
  /** Whether the first refusal uses something up, so that the second language needs a scene of its own. */
  readonly singleUse?: true;
}

export type RequestMutations<S extends Fixture> = Readonly<Record<string, RequestMutation<S>>>;

interface Details {
  readonly name: string;
  readonly title: string;
  readonly category: Category;
  readonly check?: string;
  readonly requires?: readonly Requirement[];
  readonly calls?: readonly string[];
  readonly alone?: boolean;
}

/** A case that begins with the scenario's scene. */
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

/** The documented success: the answer, and what it brings about. */
export function successCase<S extends Fixture>(
  scenario: Scenario<S>,
  title: string,
  requires: readonly Requirement[] = [],
): Case {
  return caseOf(scenario, { name: "success", title, category: "success", requires: requires }, succeeds);
}

/** Sends the scene's request and expects the documented success, with its effects. */
export async function succeeds(fixture: Fixture): Promise<void> {
  const reply = await fixture.world.send(fixture.draft);
  if (expectSuccess(fixture.world, reply)) await fixture.verifyEffects(reply);
}

/** One case for each break, under the name of the check that must refuse it. */
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
  const again = mutation.singleUse ? { again: () => mutatedDraft(scenario, world, mutation) } : {};
  const params = mutation.params === undefined ? {} : { params: mutation.params(world) };
  const before = await world.remember(...fixture.mustNotChange);
  if (!(await expectRefusal(world, fixture.draft, check, { ...params, ...again }))) return;
  await before.unchanged();
  await fixture.verifyNoEffects?.();
  if (!mutation.retryable) return;
  await fixture.refreshToken?.(whole);
  await succeeds({ ...fixture, draft: whole });
}

/** Does what must be refused, and notes what has changed all the same. */
export async function leavesAlone<S extends Fixture>(
  fixture: S,
  attempt: (fixture: S) => Promise<void>,
): Promise<void> {
  const before = await fixture.world.remember(...fixture.mustNotChange);
  await attempt(fixture);
  await before.unchanged();
  await fixture.verifyNoEffects?.();
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

/** Two rules broken at once: the one that the spec asks first answers. Only pairs that can be broken together. */
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
        judgeRefusal(world, await world.send(draft, "en"), first, "en", { params: one.params?.(world) ?? [] });
      });
    });
  });
}

function named<S extends Fixture>(mutations: RequestMutations<S>, name: string): RequestMutation<S> {
  const found = mutations[name];
  if (found === undefined) throw new Error(`unknown mutation "${name}" in a case of order`);
  return found;
}

/** The draft with another value of the member, or without it for undefined. */
export type FieldPlace = (draft: Draft, field: string, value: unknown) => Draft;

/** For each required member of the body, or of what is within it: what is empty, and what is no text at all. */
export function fieldCases<S extends Fixture>(
  scenario: Scenario<S>,
  /** Which check refuses the member when it is missing. */
  missing: Readonly<Record<string, string>>,
  put: FieldPlace = withField,
): readonly Case[] {
  return Object.entries(missing).map(([field, check]) =>
    caseOf(
      scenario,
      {
        name: `${kebab(field)}-left-out`,
        title: `A missing or empty ${field} is refused as missing; a blank, null or wrong type is refused too`,
        category: "boundary",
      },
      (fixture) =>
        leavesAlone(fixture, async ({ world, draft }) => {
          for (const value of [undefined, ""]) {
            await fixture.refreshToken?.(draft);
            judgeRefusal(world, await world.send(put(draft, field, value), "en"), check, "en");
          }
          for (const value of WRONG_VALUES) {
            await fixture.refreshToken?.(draft);
            const reply = await world.send(put(draft, field, value));
            expectSomeRefusal(world, reply, `${field}: ${JSON.stringify(value)}`);
          }
        }),
    ),
  );
}

/** As in the ids of cases: `verify-code` for `verify_code` and for `verifyCode`. */
export function kebab(field: string): string {
  return field.replaceAll("_", "-").replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
}

const WRONG_VALUES: readonly unknown[] = [" ", null, 0, 15_201_657_312, true, [], ["x"], {}];

function withField(draft: Draft, field: string, value: unknown): Draft {
  const { [field]: _, ...others } = draft.body ?? {};
  const body = value === undefined ? others : { ...others, [field]: value };
  return { ...draft, body, broken: `${field} is ${value === undefined ? "missing" : JSON.stringify(value)}` };
}

/** For each required header: absent and blank. */
export function headerCases<S extends Fixture>(
  scenario: Scenario<S>,
  missing: Readonly<Record<string, string>>,
): readonly Case[] {
  return Object.entries(missing).map(([header, check]) =>
    caseOf(
      scenario,
      {
        name: `${header.toLowerCase()}-left-out`,
        title: `A request with a missing or blank ${header} header is refused`,
        category: "boundary",
      },
      (fixture) =>
        leavesAlone(fixture, async ({ world, draft }) => {
          for (const value of [undefined, "", "  "]) {
            await fixture.refreshToken?.(draft);
            judgeRefusal(world, await world.send(withHeader(draft, header, value), "en"), check, "en");
          }
        }),
    ),
  );
}

/** The draft with another value of the header, whatever case its name is in; without it for undefined. */
export function withHeader(draft: Draft, header: string, value: string | undefined): Draft {
  const others = Object.entries(draft.headers).filter(([name]) => name.toLowerCase() !== header.toLowerCase());
  const headers = Object.fromEntries(value === undefined ? others : [...others, [header, value]]);
  return { ...draft, headers, broken: `${header} is ${value === undefined ? "missing" : `"${value}"`}` };
}

function copyOf(draft: Draft): Draft {
  return { ...draft, headers: { ...draft.headers }, body: draft.body === undefined ? undefined : { ...draft.body } };
}

/** For a break that changes the request itself. */
export function amend(draft: Draft, change: Partial<Omit<Draft, "operation">>): void {
  Object.assign(draft, change);
}
