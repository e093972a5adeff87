/** How long a used password stays forbidden, by the password history of the target. */

import { secondCode } from "../../target/requirements.ts";
import type { Case } from "../../world/case.ts";
import { expectSuccess } from "../../world/expect.ts";
import { NotApplicable, type World } from "../../world/world.ts";
import { amend, caseOf } from "../scenario.ts";
import {
  isAccepted,
  isRefused,
  type PasswordFixture,
  type PasswordFlow,
  passwordScenario,
  requestOf,
} from "./password-flow.ts";
import { knownPassword } from "./password-mutations.ts";

/** The limit of changes in one case. */
const MOST_CHANGES = 20;

const SEVERAL_CODES = { requires: secondCode(), alone: true } as const;

export function historyCases(flow: PasswordFlow): readonly Case[] {
  const scenario = passwordScenario(flow);
  const check = "password-used-before";
  return [
    caseOf(
      scenario,
      {
        name: "oldest-of-the-history",
        title: "The oldest password in the history cannot be set again",
        check,
        category: "boundary",
        ...SEVERAL_CODES,
      },
      async (fixture) => {
        const history = historyOf(fixture.world);
        if (history < 2) throw new NotApplicable("the target's policy remembers only the current password");
        await changeOften(flow, fixture, history - 1);
        await isRefused(fixture, knownPassword(fixture.account), check);
      },
    ),
    caseOf(
      scenario,
      {
        name: "beyond-the-history",
        title: "A password that dropped out of the history can be set again",
        check,
        category: "boundary",
        ...SEVERAL_CODES,
      },
      async (fixture) => {
        await changeOften(flow, fixture, historyOf(fixture.world));
        const { password: first = "" } = fixture.account;
        // The old password is not checked, because it may be set again.
        await isAccepted({ ...fixture, account: { ...fixture.account, password: undefined } }, first);
      },
    ),
  ];
}

function historyOf(world: World): number {
  const history = world.figure("password_history");
  if (history > MOST_CHANGES)
    throw new NotApplicable(`the target remembers ${history} passwords, more than the suite sets`);
  return history;
}

/** Sets this many new passwords, and leaves a valid request for one more. */
async function changeOften(flow: PasswordFlow, fixture: PasswordFixture, times: number): Promise<void> {
  const { world, draft, account } = fixture;
  let { code } = fixture;
  for (let changes = 0; changes < times; changes++) {
    expectSuccess(world, await world.send(draft));
    code = await world.anotherCode(code);
    // The clock may have moved, and an id_token expires.
    amend(draft, await requestOf(flow, world, account, code));
  }
}
