/** Simultaneous requests. */
import type { Case } from "../../world/case.ts";
import { described, expectSomeRefusal } from "../../world/expect.ts";
import type { Draft, Reply, World } from "../../world/world.ts";
import { caseOf, type Fixture, type Scenario } from "../scenario.ts";

/** As many as an attacker sends, and more than a server handles at the same moment. */
export const MANY = 50;

/** Sends all requests at once. Exactly one may succeed, and the others must be refused as documented. */
export async function oneSucceeds(world: World, drafts: readonly Draft[]): Promise<void> {
  await winnerOf(world, drafts);
}

/** The same; returns the index of the success, or undefined unless there is exactly one. */
export async function winnerOf(world: World, drafts: readonly Draft[]): Promise<number | undefined> {
  const replies = await Promise.all(drafts.map((draft) => world.send(draft)));
  const winners = replies.filter(({ succeeded }) => succeeded);
  const responses = summaryOf(replies);
  world.expect(winners.length === 1, `${drafts.length} simultaneous requests`, "one success", responses);
  for (const reply of replies) {
    if (!reply.succeeded) expectSomeRefusal(world, reply, "a request that came second");
  }
  return winners.length === 1 ? replies.findIndex(({ succeeded }) => succeeded) : undefined;
}

const MOST_SHOWN = 5;

/** Each response once, with its count. */
function summaryOf(replies: readonly Reply[]): string {
  const counts = new Map<string, number>();
  for (const text of replies.map(described)) counts.set(text, (counts.get(text) ?? 0) + 1);
  const shown = [...counts].map(([text, count]) => (count === 1 ? text : `${count} times ${text}`));
  const left = shown.length - MOST_SHOWN;
  return [...shown.slice(0, MOST_SHOWN), ...(left > 0 ? [`and ${left} others`] : [])].join("; ");
}

/** The same request, as often as an attacker sends it. */
export function manyTimes(draft: Draft): readonly Draft[] {
  return Array.from({ length: MANY }, () => draft);
}

interface ManyAtOnce<S extends Fixture> {
  /** What all requests share and use up, such as "code". */
  readonly noun: string;
  of(fixture: S): readonly Draft[] | Promise<readonly Draft[]>;
  /** Records each missing effect of the one success. */
  after?(fixture: S, winner: Draft): Promise<void>;
}

export function manyAtOnce<S extends Fixture>(scenario: Scenario<S>, { noun, of, after }: ManyAtOnce<S>): Case {
  return caseOf(
    scenario,
    {
      name: `same-${noun.replaceAll(" ", "-")}-many-times-at-once`,
      title: `Of ${MANY} simultaneous requests with the same ${noun}, exactly one succeeds`,
      category: "concurrency",
      requires: noun === "code" ? ["unique-codes"] : [],
    },
    async (fixture) => {
      const drafts = await of(fixture);
      const winner = drafts[(await winnerOf(fixture.world, drafts)) ?? -1];
      if (winner !== undefined) await after?.(fixture, winner);
    },
  );
}
