/** The refusal of a taken number or address contains nothing of its owner, in either dialect. */

import { universal } from "../../spec/basis.ts";
import type { Case } from "../../world/case.ts";
import type { Account, Draft } from "../../world/world.ts";
import { caseOf, type Fixture, leavesAlone, type Scenario } from "../scenario.ts";
import { expectHidden } from "./hidden.ts";

interface Taken<S extends Fixture> {
  readonly field: "mobile" | "email";
  readonly noun: "number" | "address";
  /** A request for the receiver of another account, and that account. */
  request(fixture: S): Promise<{ readonly draft: Draft; readonly owner: Account }>;
}

export function ownerHidden<S extends Fixture>(scenario: Scenario<S>, { field, noun, request }: Taken<S>): Case {
  return caseOf(
    scenario,
    {
      name: `taken-${noun}-shows-no-owner`,
      title: `The refusal of a taken ${noun} contains nothing of its owner`,
      category: "security",
      basis: universal("A response shows an account to its owner only."),
    },
    (fixture) =>
      leavesAlone(fixture, async ({ world }) => {
        const { draft, owner } = await request(fixture);
        const { username, name, email, mobile } = owner;
        const other = field === "mobile" ? { "the owner's address": email } : { "the owner's number": mobile };
        const hidden = { "the owner's user name": username, "the owner's name": name, ...other };
        expectHidden(world, await world.send(draft), hidden);
      }),
  );
}
