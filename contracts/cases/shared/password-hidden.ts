/** A response about an account does not contain its password. */

import { universal } from "../../spec/basis.ts";
import type { Case } from "../../world/case.ts";
import { expectSuccess } from "../../world/expect.ts";
import { type Account, NotApplicable } from "../../world/world.ts";
import { caseOf, type Fixture, type Scenario } from "../scenario.ts";
import { expectHidden } from "./hidden.ts";

export function passwordHidden<S extends Fixture & { readonly account: Account }>(scenario: Scenario<S>): Case {
  return caseOf(
    scenario,
    {
      name: "response-hides-the-password",
      title: "The response does not contain the password of the account",
      category: "security",
      basis: universal("No response shows a password."),
    },
    async ({ world, draft, account: { password } }) => {
      if (password === undefined) throw new NotApplicable("the passwords of the target's accounts are unknown");
      const reply = await world.send(draft);
      if (expectSuccess(world, reply)) expectHidden(world, reply, { "the password": password });
    },
  );
}
