/** The bounds of the password rules: the limit itself is accepted, and one step beyond it is refused. */
import type { Case } from "../../world/case.ts";
import { NotApplicable, type World } from "../../world/world.ts";
import { caseOf, type Scenario } from "../scenario.ts";
import { CLASSES, choicesOf, mixed, usualLength, withRun } from "./made-passwords.ts";
import { isAccepted, isRefused, type PasswordFixture } from "./password-flow.ts";
import { complexityParams, lengthParams, repeatParams, tooShort } from "./password-mutations.ts";

export function boundCases(scenario: Scenario<PasswordFixture>): readonly Case[] {
  return [...lengthCases(scenario), ...repeatCases(scenario), ...classCases(scenario)];
}

type Bound = readonly [name: string, title: string, run: (fixture: PasswordFixture) => Promise<void>];

function boundsOf(scenario: Scenario<PasswordFixture>, check: string, bounds: readonly Bound[]): readonly Case[] {
  return bounds.map(([name, title, run]) => caseOf(scenario, { name, title, check, category: "boundary" }, run));
}

function lengthCases(scenario: Scenario<PasswordFixture>): readonly Case[] {
  return boundsOf(scenario, "password-length", [
    [
      "shortest-password",
      "A password of the minimum length is accepted",
      (fixture) => isAccepted(fixture, ofLength(fixture.world, fixture.world.figure("password_min_length"))),
    ],
    [
      "one-character-too-few",
      "A password one character below the minimum length is refused",
      (fixture) => {
        const password = tooShort(fixture.world, fixture.world.figure("password_min_length") - 1);
        return isRefused(fixture, password, "password-length", lengthParams(fixture.world));
      },
    ],
    [
      "longest-password",
      "A password of the maximum length is accepted",
      (fixture) => isAccepted(fixture, ofLength(fixture.world, fixture.world.figure("password_max_length"))),
    ],
    [
      "one-character-too-many",
      "A password one character above the maximum length is refused",
      (fixture) => {
        const password = ofLength(fixture.world, fixture.world.figure("password_max_length") + 1);
        return isRefused(fixture, password, "password-length", lengthParams(fixture.world));
      },
    ],
  ]);
}

function ofLength(world: World, length: number): string {
  if (length < world.figure("password_min_classes"))
    throw new NotApplicable(
      "the target's policy demands more character classes than such a short password has room for",
    );
  return mixed(world, CLASSES, length);
}

function repeatCases(scenario: Scenario<PasswordFixture>): readonly Case[] {
  return boundsOf(scenario, "password-repeats", [
    [
      "longest-repeat",
      "A character repeated as often as allowed is accepted",
      (fixture) => isAccepted(fixture, withRun(fixture.world, fixture.world.figure("password_max_repeat"))),
    ],
    [
      "one-repeat-too-many",
      "A character repeated once more than allowed is refused",
      ({ world, ...fixture }) => {
        const password = withRun(world, world.figure("password_max_repeat") + 1);
        return isRefused({ world, ...fixture }, password, "password-repeats", repeatParams(world));
      },
    ],
  ]);
}

function classCases(scenario: Scenario<PasswordFixture>): readonly Case[] {
  return boundsOf(scenario, "password-too-simple", [
    [
      "just-enough-classes",
      "A password with exactly the required number of character classes is accepted, for every combination",
      async ({ world }) => {
        const enough = world.figure("password_min_classes");
        for (const classes of choicesOf(enough)) {
          await isAccepted(await scenario.arrange(world), mixed(world, classes, usualLength(world)));
        }
      },
    ],
    [
      "one-class-too-few",
      "A password with one character class too few is refused, for every combination",
      async ({ world }) => {
        const enough = world.figure("password_min_classes");
        if (enough < 2) throw new NotApplicable("the target's policy accepts passwords of one character class");
        for (const classes of choicesOf(enough - 1)) {
          const password = mixed(world, classes, usualLength(world));
          await isRefused(await scenario.arrange(world), password, "password-too-simple", complexityParams);
        }
      },
    ],
  ]);
}
