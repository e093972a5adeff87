/** Codes that outlive their reason: the account has changed its number, or is gone. */

import { universal } from "../../spec/basis.ts";
import type { Case } from "../../world/case.ts";
import { expectRefusal, expectRefused, expectSuccess } from "../../world/expect.ts";
import { type Account, NotArranged, type World } from "../../world/world.ts";
import { caseOf, leavesAlone, type Scenario } from "../scenario.ts";
import type { LoginFixture } from "./login.ts";
import type { PasswordFixture } from "./password-flow.ts";

export function codeToTheOldNumber(scenario: Scenario<PasswordFixture>): Case {
  return caseOf(
    scenario,
    {
      name: "code-to-the-old-number",
      title: "After a change of number, a code that was sent to the old number does not set the password",
      category: "security",
      requires: ["tokens", "unique-codes"],
      calls: ["updateMobile"],
      basis: universal("A code proves one number. After the change it is not the number of the account."),
    },
    async (fixture) => {
      const { world, draft, account } = fixture;
      await changeNumber(world, account);
      await leavesAlone(fixture, async () => {
        expectRefused(world, await world.send(draft), "a code for the old number");
      });
    },
  );
}

async function changeNumber(world: World, account: Account): Promise<void> {
  const { to, code } = await world.code({ to: await world.freshMobile(), scene: "UPDATE_MOBILE_SMS" });
  const idToken = await world.idToken(account);
  const draft = world.draft("updateMobile", { body: { mobile: to, verify_code: code }, idToken });
  if (!expectSuccess(world, await world.send(draft))) throw new NotArranged("the number could not be changed");
}

export function codeOfDeletedAccount(scenario: Scenario<LoginFixture>): Case {
  return caseOf(
    scenario,
    {
      name: "number-of-deleted-account",
      title: "A code that was sent to an account does not sign in after the account was deleted",
      category: "state",
      requires: ["account-deletion"],
    },
    async ({ world, draft, account }) => {
      await world.target.deleteAccount?.(account.id);
      const or = ["code-unknown", "code-wrong"];
      expectRefusal(world, await world.send(draft, "en"), "account-unknown", "en", { or });
    },
  );
}
