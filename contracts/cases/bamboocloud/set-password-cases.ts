/** The password that a change has set: exactly this one matches. */
import type { Case } from "../../world/case.ts";
import { expectRefused, expectSuccess } from "../../world/expect.ts";
import type { World } from "../../world/world.ts";
import { caseOf, eachRenewed, type Scenario } from "../scenario.ts";
import { CLASSES, mixed, usualLength } from "./made-passwords.ts";
import { expectPassword, type PasswordFixture, passwordOf, setPassword } from "./password-flow.ts";

export function setPasswordCases(scenario: Scenario<PasswordFixture>): readonly Case[] {
  return [
    caseOf(
      scenario,
      {
        name: "near-passwords",
        title: "After the change, no password matches that only resembles the new one",
        category: "security",
        requires: ["password-check"],
      },
      async (fixture) => {
        const { world, draft, account } = fixture;
        setPassword(fixture, mixed(world, CLASSES, longestLength(world)));
        if (!expectSuccess(world, await world.send(draft))) return;
        const password = passwordOf(draft);
        for (const [what, near] of Object.entries(nearTo(password))) {
          const matches = near !== password && (await world.target.passwordMatches?.(account.id, near));
          world.expect(!matches, `the new password ${what}`, "not good", "good");
        }
      },
    ),
    caseOf(
      scenario,
      {
        name: "odd-passwords",
        title: "A password with emoji, another alphabet or broken characters is refused, or set exactly",
        category: "boundary",
      },
      (fixture) =>
        eachRenewed(scenario, fixture, ODD_CHARACTERS, async (one, character) => {
          const { world, draft, account } = one;
          setPassword(one, withCharacter(passwordOf(draft), character));
          const reply = await world.send(draft);
          if (!reply.succeeded) return void expectRefused(world, reply, "a password with an odd character");
          // Half a surrogate pair cannot be sent to the password check as it is.
          if (!HALF_A_PAIR.test(character)) await expectPassword(world, account, passwordOf(draft));
        }),
    ),
  ];
}

/** The longest password that the target states. An assumed length would make a deviation a finding. */
function longestLength(world: World): number {
  return world.states("password_max_length") ? world.figure("password_max_length") : usualLength(world);
}

function nearTo(password: string): Readonly<Record<string, string>> {
  return {
    "with a blank at the end": `${password} `,
    "with a blank at the start": ` ${password}`,
    "without its last character": password.slice(0, -1),
    "with one more character": `${password}x`,
    "cut off after eight characters": password.slice(0, 8),
    "in lower case": password.toLowerCase(),
    "in upper case": password.toUpperCase(),
  };
}

/** The first one cannot be encoded. C programs cannot read the second one. */
const ODD_CHARACTERS: readonly string[] = ["\ud800", "\0", "😀", "é", "e\u0301", "密", "\u202e", " "];

const HALF_A_PAIR = /^\p{Surrogate}$/u;

/** In the middle, so that it can hardly be cut off. */
function withCharacter(password: string, character: string): string {
  const middle = Math.floor(password.length / 2);
  return `${password.slice(0, middle)}${character}${password.slice(middle + character.length)}`;
}
