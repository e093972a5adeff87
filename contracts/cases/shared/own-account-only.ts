/** A target may refuse or ignore undocumented fields, but must not act on them. */

import type { Requirement } from "../../target/requirements.ts";
import type { Case } from "../../world/case.ts";
import { expectSomeRefusal } from "../../world/expect.ts";
import { caseOf, type Scenario } from "../scenario.ts";
import type { SignedInFixture } from "./token-mutations.ts";

/** `requirement` makes it visible which account has changed. */
export function ownAccountOnly<S extends SignedInFixture>(scenario: Scenario<S>, requirement: Requirement): Case {
  return caseOf(
    scenario,
    {
      name: "own-account-only",
      title: "A request that names another account does not change that account",
      category: "security",
      requires: [requirement],
    },
    async ({ world, draft, bystander, mustNotChange, verifyEffects }) => {
      const { id, username, email } = bystander;
      const named = {
        id,
        account_id: id,
        accountId: id,
        user_id: id,
        userId: id,
        sub: id,
        username,
        user_name: username,
      };
      const before = await world.remember(...mustNotChange);
      const body = { email, ...named, ...draft.body };
      const reply = await world.send({ ...draft, body, broken: "the body names another account" });
      if (reply.succeeded) return verifyEffects(reply);
      expectSomeRefusal(world, reply, "undocumented fields in the body");
      await before.unchanged();
    },
  );
}
