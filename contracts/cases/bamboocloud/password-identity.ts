/** One case for each documented part of the account's identity that its password must not contain. */

import { inferred } from "../../spec/basis.ts";
import type { Case } from "../../world/case.ts";
import { nationalPart } from "../../world/receivers.ts";
import { type Account, NotApplicable, type World } from "../../world/world.ts";
import { caseOf, type Scenario } from "../scenario.ts";
import { containing, word } from "./made-passwords.ts";
import {
  type AccountSeed,
  isAccepted,
  isRefused,
  type PasswordFixture,
  type PasswordFlow,
  passwordScenario,
} from "./password-flow.ts";
import { knownPassword, reversed, usernameOf } from "./password-mutations.ts";

interface Part {
  readonly name: string;
  readonly title: string;
  seed(world: World): Promise<AccountSeed> | AccountSeed;
  of(account: Account): string | undefined;
}

/** The case of the check itself covers the user name. */
const parts: readonly Part[] = [
  {
    name: "contains-mobile-number",
    title: "A password that contains the digits of the account's number is refused",
    seed: async (world) => ({ mobile: await variedMobile(world) }),
    of: ({ mobile }) => (mobile === undefined ? undefined : nationalPart(mobile)),
  },
  {
    name: "contains-email-prefix",
    title: "A password that contains the account's e-mail prefix is refused",
    seed: ({ random }) => ({ email: `${word(random)}@example.com` }),
    of: ({ email }) => email?.replace(/@.*/, ""),
  },
  {
    name: "contains-name-in-pinyin",
    title: "A password that contains the account's Chinese name in pinyin is refused",
    seed: () => ({ name: "李明" }),
    of: ({ name }) => (name === "李明" ? "liming" : undefined),
  },
];

export function identityCases(flow: PasswordFlow): readonly Case[] {
  const check = "password-contains-identity";
  return parts.map(({ name, title, seed, of }) =>
    caseOf(passwordScenario(flow, seed), { name, title, check, category: "boundary" }, (fixture) => {
      const part = of(fixture.account);
      if (part === undefined) throw new NotApplicable("the target's accounts do not have this field");
      return isRefused(fixture, containing(fixture.world, part), check);
    }),
  );
}

/** The page forbids the user name in reverse order, and says "contain" only of other parts. */
const ONLY_EQUAL = inferred(
  'Page change-password-by-mobile says "contain" only for PWD.0003, not for the reversed name.',
);

export function reversedNameCase(scenario: Scenario<PasswordFixture>): Case {
  return caseOf(
    scenario,
    {
      name: "contains-reversed-username",
      title: "A password that contains the reversed user name is refused",
      category: "boundary",
      basis: ONLY_EQUAL,
    },
    (fixture) =>
      isRefused(
        fixture,
        containing(fixture.world, reversed(usernameOf(fixture.account))),
        "password-reversed-username",
      ),
  );
}

export function othersCase(scenario: Scenario<PasswordFixture>): Case {
  return caseOf(
    scenario,
    {
      name: "what-others-have",
      title: "A password that contains another account's user name, or equals its password, is accepted",
      category: "state",
    },
    async (fixture) => {
      const { world } = fixture;
      const other = await world.account({ username: word(world.random) });
      await isAccepted(fixture, containing(world, usernameOf(other)));
      await isAccepted(await scenario.arrange(world), knownPassword(other));
    },
  );
}

const MOST_DRAWS = 40;

/** Repeated digits would also break the rule about repeated characters. */
async function variedMobile(world: World): Promise<string> {
  for (let draws = 0; draws < MOST_DRAWS; draws++) {
    const mobile = await world.freshMobile();
    if (isVaried(nationalPart(mobile))) return mobile;
  }
  throw new NotApplicable("every number from the target repeats a digit too often");
}

function isVaried(digits: string): boolean {
  const counts = [...digits].map((digit) => digits.split(digit).length - 1);
  return !/(\d)\1/.test(digits) && Math.max(...counts) <= 3;
}
