/** Passwords that break two rules: the refusal must name the rule that comes first in openapi.yaml. */
import type { Case } from "../../world/case.ts";
import { expectRefusal } from "../../world/expect.ts";
import { NotApplicable } from "../../world/world.ts";
import { caseOf, leavesAlone, type RequestMutations, type Scenario } from "../scenario.ts";
import { CLASSES, containing, mixed, usualLength, withRun } from "./made-passwords.ts";
import { type PasswordFixture, setPassword } from "./password-flow.ts";
import {
  listAsWeak,
  passwordMutations,
  reversed,
  smallLetters,
  usedPassword,
  usernameOf,
} from "./password-mutations.ts";

interface TwoFaults {
  readonly first: string;
  readonly second: string;
  /** Whether to put the password on the list of weak passwords. */
  readonly listed?: true;
  password(fixture: PasswordFixture): string;
}

const mutations: RequestMutations<PasswordFixture> = passwordMutations;

const pairs: readonly TwoFaults[] = [
  {
    first: "password-used-before",
    second: "password-weak",
    listed: true,
    password: usedPassword,
  },
  {
    first: "password-reversed-username",
    second: "password-contains-identity",
    password({ world, account }) {
      const username = usernameOf(account);
      return containing(world, `${username}7${reversed(username)}`);
    },
  },
  {
    first: "password-contains-identity",
    second: "password-too-simple",
    password({ world, account }) {
      const username = usernameOf(account);
      const others = [...smallLetters(world)].filter((letter) => !username.includes(letter));
      return `${username}${others.join("")}`.slice(0, usualLength(world));
    },
  },
  {
    first: "password-too-simple",
    second: "password-weak",
    listed: true,
    password: ({ world }) => smallLetters(world),
  },
  {
    first: "password-weak",
    second: "password-repeats",
    listed: true,
    password: ({ world }) => withRun(world, world.figure("password_max_repeat") + 1),
  },
  {
    first: "password-repeats",
    second: "password-length",
    password({ world }) {
      const longest = world.figure("password_max_length");
      if (world.figure("password_max_repeat") >= longest)
        throw new NotApplicable("the target's policy allows a character to repeat up to the maximum length");
      return `${mixed(world, CLASSES, CLASSES.length)}${"x".repeat(longest)}`;
    },
  },
];

export function passwordOrderCases(scenario: Scenario<PasswordFixture>): readonly Case[] {
  return pairs.map(({ first, second, listed, password }) =>
    caseOf(
      scenario,
      {
        name: `${first}-before-${second}`,
        title: `${first} is checked before ${second}`,
        category: "order",
        ...(listed ? { requires: ["policy"], alone: true } : {}),
      },
      async (fixture) => {
        const { world } = fixture;
        setPassword(fixture, password(fixture));
        if (listed) await listAsWeak(world, String(fixture.draft.body?.["password"]));
        const params = mutations[first]?.params?.(world) ?? [];
        await leavesAlone(fixture, async ({ draft }) => {
          expectRefusal(world, await world.send(draft, "en"), first, "en", { params });
        });
      },
    ),
  );
}
