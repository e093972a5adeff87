/** Errors in a new password: each documented rule broken alone, for both operations. */

import type { PolicyKey } from "../../target/stated-policy.ts";
import type { Params } from "../../world/expect-text.ts";
import { type Account, NotApplicable, type World } from "../../world/world.ts";
import { amend, type RequestMutation, type RequestMutations } from "../scenario.ts";
import { CLASSES, containing, mixed, usualLength, withRun } from "./made-passwords.ts";
import { type PasswordFixture, type PasswordFlow, receiverOf, requestOf, setPassword } from "./password-flow.ts";

/** Longer than any sensible limit. */
const LONG_RUN = 6;
/** Shorter than any sensible limit, but enough for every class. */
const FEW_CHARACTERS = 4;

export const passwordMutations = {
  "password-missing": {
    title: "A request without a new password is refused",
    apply({ draft }) {
      const { password: _, ...body } = draft.body ?? {};
      amend(draft, { body, broken: "password is missing" });
    },
    retryable: true,
  },
  "password-used-before": {
    title: "The current password cannot be set again",
    apply: (fixture) => setPassword(fixture, usedPassword(fixture)),
    retryable: true,
  },
  "password-contains-identity": {
    title: "A password that contains the user name is refused",
    apply: (fixture) => setPassword(fixture, containing(fixture.world, usernameOf(fixture.account))),
    retryable: true,
  },
  "password-too-simple": {
    title: "A password with too few character classes is refused",
    apply: (fixture) => setPassword(fixture, smallLetters(fixture.world)),
    params: () => complexityParams,
    retryable: true,
  },
  "password-weak": {
    title: "A password from the list of weak passwords is refused",
    requires: ["policy"],
    alone: true,
    async apply(fixture) {
      const weak = fixture.world.freshPassword();
      await listAsWeak(fixture.world, weak);
      setPassword(fixture, weak);
    },
    retryable: true,
  },
  "password-repeats": {
    title: "A password that repeats one character too often is refused",
    apply: (fixture) => setPassword(fixture, withRun(fixture.world, longRun(fixture.world))),
    params: repeatParams,
    retryable: true,
  },
  "password-length": {
    title: "A password with too few characters is refused",
    apply(fixture) {
      const shortest = fixture.world.figure("password_min_length");
      setPassword(fixture, tooShort(fixture.world, Math.min(FEW_CHARACTERS, shortest - 1)));
    },
    params: lengthParams,
    retryable: true,
  },
} satisfies RequestMutations<PasswordFixture>;

/** The current password, unless the policy allows it again. */
export function usedPassword({ world, account }: PasswordFixture): string {
  if (world.states("password_history") && world.figure("password_history") < 1)
    throw new NotApplicable("the target's policy allows every password to be set again");
  return knownPassword(account);
}

export function knownPassword({ password }: Account): string {
  if (password === undefined) throw new NotApplicable("the passwords of the target's accounts are unknown");
  return password;
}

export function usernameOf({ username }: Account): string {
  if (username === undefined) throw new NotApplicable("the target's accounts have no user names");
  return username;
}

/** The page forbids the user name in reverse order. A password that only contains it is a case of its own. */
export function reversedUsername(flow: PasswordFlow): RequestMutation<PasswordFixture> {
  return {
    title: "A password that equals the reversed user name is refused",
    async apply(fixture) {
      const { world, draft, mustNotChange } = fixture;
      const password = mixed(world, CLASSES, usualLength(world));
      const account = await world.account({ username: reversed(password) });
      if (account.username !== reversed(password))
        throw new NotApplicable("the target's accounts do not get the requested user name");
      mustNotChange.push(account);
      const code = await world.code({ to: receiverOf(account), scene: flow.scene });
      amend(draft, await requestOf(flow, world, account, code));
      setPassword(fixture, password);
    },
    retryable: true,
  };
}

export function reversed(text: string): string {
  return [...text].reverse().join("");
}

/** A password of one class, if the policy requires more. */
export function smallLetters(world: World): string {
  if (world.figure("password_min_classes") < 2)
    throw new NotApplicable("the target's policy accepts passwords of one character class");
  return mixed(world, ["small"], usualLength(world));
}

/** A password that is too short, with every class. */
export function tooShort(world: World, length: number): string {
  if (length < world.figure("password_min_classes"))
    throw new NotApplicable(
      "the target's policy demands more character classes than such a short password has room for",
    );
  return mixed(world, CLASSES, length);
}

function longRun(world: World): number {
  return Math.max(LONG_RUN, world.figure("password_max_repeat") + 1);
}

export async function listAsWeak(world: World, password: string): Promise<void> {
  await world.setPolicy({ password_weak_list: [password] });
}

/** No document shows the value; the text must have one. */
export const complexityParams: Params = [/(?!\{0\}).+/];

export function repeatParams(world: World): Params {
  return figuresOf(world, "password_max_repeat");
}

export function lengthParams(world: World): Params {
  return figuresOf(world, "password_min_length", "password_max_length");
}

/** The policy's numbers; any number if the target states none. */
function figuresOf(world: World, ...keys: readonly PolicyKey[]): Params {
  return keys.map((key) => (world.states(key) ? Number(world.figure(key)) : /\d+/));
}
