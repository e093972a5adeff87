/** Verification codes beyond their checks: receiver, scene, lifetime, and wrong attempts. */

import type { Basis } from "../../spec/basis.ts";
import { type Requirement, SENT_CODE, secondCode } from "../../target/requirements.ts";
import type { Case } from "../../world/case.ts";
import { expectRefusal, expectSuccess } from "../../world/expect.ts";
import { type Draft, NotApplicable, NotArranged, type SentCode, type World } from "../../world/world.ts";
import { caseOf, leavesAlone, type Scenario, succeeds } from "../scenario.ts";
import { type CodeFixture, carrying, MOST_TRIES, otherThan } from "./code-mutations.ts";
import { nearCodeCases } from "./near-code-cases.ts";
import { moreTriesCases, type Tries } from "./tries-cases.ts";

export interface CodeUse<S extends CodeFixture> extends Tries<S> {
  /** The requirements for a code, and for a code that the API really sent. */
  readonly requirement?: Requirement;
  readonly sentRequirements?: readonly Requirement[];
  /** Another scene that accepts the same receiver; fixed, or from the policy of the target. */
  readonly otherScene: string | ((world: World) => string);
  /** If no page says that a code counts for its scene only. */
  readonly sceneBasis?: Basis;
  /** If a wrong attempt also shows a right code, which the refusal may use up. */
  readonly triesBasis?: Basis;
  /** The check that refuses a receiver without any code. */
  readonly unknown: string;
  /** The operation that sends codes to such receivers. */
  readonly sending: string;
}

export function codeCases<S extends CodeFixture>(scenario: Scenario<S>, use: CodeUse<S>): readonly Case[] {
  return [
    ...triesCases(scenario, use.triesBasis),
    ...moreTriesCases(scenario, use),
    ...nearCodeCases(scenario),
    ...placeCases(scenario, use),
    ...timeCases(scenario, use),
  ];
}

function triesCases<S extends CodeFixture>(scenario: Scenario<S>, triesBasis?: Basis): readonly Case[] {
  const founded = triesBasis === undefined ? {} : { basis: triesBasis };
  return [
    caseOf(
      scenario,
      {
        name: "wrong-try-keeps-the-code",
        title: "A wrong attempt leaves the code valid",
        category: "state",
        ...founded,
      },
      async (fixture) => {
        if (fixture.world.figure("code_max_attempts") < 2)
          throw new NotApplicable("the target's policy locks a code after one wrong attempt");
        await tryWrongly(fixture, 1);
        await succeeds(fixture);
      },
    ),
    caseOf(
      scenario,
      {
        name: "last-try-is-good",
        title: "One wrong attempt below the limit leaves the code valid",
        category: "boundary",
        ...founded,
      },
      async (fixture) => {
        const limit = fixture.world.figure("code_max_attempts");
        if (limit > MOST_TRIES)
          throw new NotApplicable(`the limit of ${limit} wrong attempts is more than the suite makes`);
        await tryWrongly(fixture, limit - 1);
        await succeeds(fixture);
      },
    ),
  ];
}

async function tryWrongly(fixture: CodeFixture, times: number): Promise<void> {
  await leavesAlone(fixture, async ({ world, code }) => {
    const wrong = carrying(fixture, otherThan(code));
    for (let tries = 0; tries < times; tries++) expectRefusal(world, await world.send(wrong, "en"), "code-wrong", "en");
  });
}

function placeCases<S extends CodeFixture>(scenario: Scenario<S>, use: CodeUse<S>): readonly Case[] {
  const { otherScene, unknown } = use;
  const sceneBasis = use.sceneBasis === undefined ? {} : { basis: use.sceneBasis };
  const otherIn = (world: World) => (typeof otherScene === "string" ? otherScene : otherScene(world));
  return [
    caseOf(
      scenario,
      {
        name: "code-of-another-scene",
        title: "A code sent to the same receiver for another scene is refused",
        category: "security",
        requires: secondCode(use.requirement),
        alone: true,
        ...sceneBasis,
      },
      async (fixture) => {
        const other = await fixture.world.anotherCode({ ...fixture.code, scene: otherIn(fixture.world) });
        await isRefused(fixture, carrying(fixture, other.code), unknown);
      },
    ),
    caseOf(
      scenario,
      {
        name: "only-a-code-of-another-scene",
        title: "A code for another scene is refused if this scene has no code",
        category: "security",
        requires: ["unique-codes"],
        ...sceneBasis,
      },
      async (fixture) => {
        const { world } = fixture;
        const other = await world.code({ to: await use.otherReceiver(fixture), scene: otherIn(world) });
        await isRefused(fixture, await use.requestOf(fixture, other), unknown);
      },
    ),
    caseOf(
      scenario,
      {
        name: "code-of-another-receiver",
        title: "A code sent to another receiver is refused",
        category: "security",
        requires: ["unique-codes"],
      },
      async (fixture) => {
        const other = await fixture.world.code({ to: await use.otherReceiver(fixture), scene: fixture.code.scene });
        if (other.code === fixture.code.code) throw new NotArranged("the target sent the same code to two receivers");
        await isRefused(fixture, carrying(fixture, other.code), unknown);
      },
    ),
    caseOf(
      scenario,
      {
        name: "only-a-code-of-another-receiver",
        title: "A code sent to another receiver is refused if this receiver has no code",
        category: "security",
        requires: ["unique-codes"],
      },
      async (fixture) => {
        const other = await fixture.world.code({ to: await use.otherReceiver(fixture), scene: fixture.code.scene });
        const to = await use.otherReceiver(fixture);
        await isRefused(fixture, await use.requestOf(fixture, { ...other, to }), unknown);
      },
    ),
  ];
}

/** Either refusal is allowed: for this receiver the code is wrong, and was never sent. */
async function isRefused(fixture: CodeFixture, draft: Draft, unknown: string): Promise<void> {
  await leavesAlone(fixture, async ({ world }) => {
    expectRefusal(world, await world.send(draft, "en"), "code-wrong", "en", { or: [unknown] });
  });
}

function timeCases<S extends CodeFixture>(scenario: Scenario<S>, use: CodeUse<S>): readonly Case[] {
  const { sending, sentRequirements = SENT_CODE } = use;
  return [
    caseOf(
      scenario,
      {
        name: "newer-sent-code-counts",
        title: "A newly sent code replaces the earlier code",
        category: "state",
        requires: ["codes", ...sentRequirements, "unique-codes"],
        calls: [sending],
      },
      async (fixture) => {
        const { world, draft, code } = fixture;
        if (!world.figure("code_supersedes")) throw new NotApplicable("the target's policy keeps older codes valid");
        const newer = await world.sentCode(code);
        if (newer.code === code.code) throw new NotApplicable("the target sends the same code again");
        await leavesAlone(fixture, async () => {
          expectRefusal(world, await world.send(draft, "en"), "code-superseded", "en");
        });
        await succeeds({ ...fixture, draft: carrying(fixture, newer.code) });
      },
    ),
    caseOf(
      scenario,
      {
        name: "code-lifetime",
        title: "A sent code works until shortly before it expires, and not after",
        category: "time",
        requires: [...sentRequirements, "clock", "unique-codes"],
        calls: [sending],
        alone: true,
      },
      async (fixture) => livesUntilItsEnd(fixture, use),
    ),
  ];
}

/** A code must still work this long before it expires. The requests of the case take time themselves. */
const MARGIN_S = 10;

async function livesUntilItsEnd<S extends CodeFixture>(fixture: S, use: CodeUse<S>): Promise<void> {
  const { world } = fixture;
  const place = async () => ({ to: await use.otherReceiver(fixture), scene: fixture.code.scene });
  const [early, late] = [await world.sentCode(await place()), await world.sentCode(await place())];
  if (early.code === late.code) throw new NotApplicable("the target sends the same code to two receivers");
  const lifeS = lifetimeOf(world, early);
  const marginS = Math.min(MARGIN_S, lifeS / 2);
  await world.advance(Math.floor(lifeS - marginS));
  expectSuccess(world, await world.send(await use.requestOf(fixture, early)));
  await world.advance(Math.ceil(marginS) + 1);
  await leavesAlone(fixture, async () => {
    expectRefusal(world, await world.send(await use.requestOf(fixture, late), "en"), "code-expired", "en");
  });
}

/** From the policy, or from the message itself. */
function lifetimeOf(world: World, { expiresIn }: SentCode): number {
  return world.states("code_ttl_seconds")
    ? world.figure("code_ttl_seconds")
    : (expiresIn ?? world.figure("code_ttl_seconds"));
}
