/** Wrong attempts beyond the limit itself: at once, in several forms of the receiver, and by someone else. */

import { inferred } from "../../spec/basis.ts";
import type { Case } from "../../world/case.ts";
import { expectRefused } from "../../world/expect.ts";
import { type Code, type Draft, NotApplicable, type World } from "../../world/world.ts";
import { caseOf, leavesAlone, type Scenario, succeeds } from "../scenario.ts";
import { type CodeFixture, carrying, MOST_TRIES, otherThan } from "./code-mutations.ts";
import { expectHidden } from "./hidden.ts";

/** Many attempts of an attacker who does not wait for the responses. */
const AT_ONCE = 50;

export interface Tries<S extends CodeFixture> {
  /** The same request with the receiver in other forms; by default it has no other form. */
  readonly otherForms?: (fixture: S) => readonly Draft[];
  /** Each time another receiver that can get a code of the same scene. */
  otherReceiver(fixture: S): Promise<string>;
  /** A valid request for the receiver of another code. */
  requestOf(fixture: S, code: Code): Promise<Draft>;
}

export function moreTriesCases<S extends CodeFixture>(scenario: Scenario<S>, tries: Tries<S>): readonly Case[] {
  const { otherForms } = tries;
  return [
    caseOf(
      scenario,
      {
        name: "tries-at-once",
        title: `After ${AT_ONCE} simultaneous wrong attempts, the right code is refused`,
        category: "concurrency",
        requires: ["unique-codes"],
      },
      async (fixture) => {
        const { world, draft } = fixture;
        if (limitOf(world) > AT_ONCE) throw new NotApplicable(`the target allows more than ${AT_ONCE} wrong attempts`);
        await leavesAlone(fixture, async () => {
          const replies = await Promise.all(wrongCodes(fixture).map((code) => world.send(carrying(fixture, code))));
          for (const reply of replies) expectRefused(world, reply, "a wrong code");
          expectRefused(world, await world.send(draft), `the right code after ${AT_ONCE} wrong attempts`);
        });
      },
    ),
    ...(otherForms === undefined ? [] : [inEveryForm(scenario, otherForms)]),
    byAnother(scenario, tries),
    caseOf(
      scenario,
      {
        name: "refusal-hides-the-code",
        title: "The refusal of a wrong code does not contain the right code",
        category: "security",
        requires: ["unique-codes"],
      },
      (fixture) =>
        leavesAlone(fixture, async ({ world, code }) => {
          const reply = await world.send(carrying(fixture, otherThan(code)));
          expectHidden(world, reply, { "the right code": code.code });
        }),
    ),
  ];
}

function inEveryForm<S extends CodeFixture>(scenario: Scenario<S>, otherForms: (fixture: S) => readonly Draft[]): Case {
  return caseOf(
    scenario,
    {
      name: "tries-in-every-form",
      title: "Wrong attempts with one form of the receiver count for every form",
      category: "security",
      requires: ["unique-codes"],
    },
    async (first) => {
      let fixture = first;
      for (const [index] of otherForms(first).entries()) {
        if (index > 0) fixture = await scenario.arrange(first.world);
        await exhaust(fixture);
        const draft = otherForms(fixture)[index] ?? fixture.draft;
        await leavesAlone(fixture, async ({ world }) => {
          expectRefused(world, await world.send(draft), "the right code after too many wrong attempts");
        });
      }
    },
  );
}

function byAnother<S extends CodeFixture>(scenario: Scenario<S>, { otherReceiver, requestOf }: Tries<S>): Case {
  return caseOf(
    scenario,
    {
      name: "tries-of-another-receiver",
      title: "Too many wrong attempts on the code of one receiver leave the code of another receiver valid",
      category: "state",
      requires: ["unique-codes"],
      basis: inferred("No page says whose attempts count. A server may also count them by client or by address."),
    },
    async (fixture) => {
      const { world, code } = fixture;
      const other = await world.code({ to: await otherReceiver(fixture), scene: code.scene });
      const draft = await requestOf(fixture, { ...other, code: otherThan(other) });
      for (let tried = 0; tried < limitOf(world); tried++) {
        expectRefused(world, await world.send(draft), "a wrong code");
      }
      await succeeds(fixture);
    },
  );
}

/** Sends as many wrong codes as the policy allows. */
async function exhaust(fixture: CodeFixture): Promise<void> {
  const { world, code } = fixture;
  const wrong = carrying(fixture, otherThan(code));
  for (let tried = 0; tried < limitOf(world); tried++) {
    expectRefused(world, await world.send(wrong), "a wrong code");
  }
}

function limitOf(world: World): number {
  const limit = world.figure("code_max_attempts");
  if (limit > MOST_TRIES) throw new NotApplicable(`the limit of ${limit} wrong attempts is more than the suite makes`);
  return limit;
}

/** Different codes, none of them right. */
function wrongCodes({ world, code }: CodeFixture): readonly string[] {
  const made = new Set<string>();
  while (made.size < AT_ONCE) made.add(world.random.digits(code.code.length));
  return [...made].map((one) => (one === code.code ? otherThan(code) : one));
}
