/** Different forms of a number or address mean the same receiver, which belongs to one account. */
import type { Case } from "../../world/case.ts";
import { expectRefusal, expectSuccess } from "../../world/expect.ts";
import { caseOf, eachRenewed, leavesAlone, type Scenario } from "../scenario.ts";
import { expectReceiver } from "../shared/expect-receiver.ts";
import { bodyOf, type ContactChange, type ContactChangeFixture } from "./contact-change.ts";
import { ANY_FORM, rolesOf } from "./receiver-forms.ts";

function otherRefusals({ malformed, unknown }: ContactChange["checks"]): readonly string[] {
  return [malformed, unknown, "code-wrong"];
}

export function formCases(change: ContactChange, scenario: Scenario<ContactChangeFixture>): readonly Case[] {
  const { noun, field, checks, formsOf } = change;
  return [
    caseOf(
      scenario,
      {
        name: `${noun}-forms`,
        title: `A code sent to one form of the ${noun} is valid for every form`,
        category: "boundary",
        basis: ANY_FORM,
      },
      async ({ world, draft, account }) => {
        for (const [sentTo, written] of await rolesOf(formsOf, () => change.fresh(world))) {
          const code = await world.code({ to: sentTo, scene: change.scene });
          const reply = await world.send({ ...draft, body: bodyOf(change, code, written) });
          if (expectSuccess(world, reply)) await expectReceiver(world, account, change.field, written);
        }
      },
    ),
    caseOf(
      scenario,
      {
        name: `taken-${noun}-forms`,
        title: `A taken ${noun} is refused in every form`,
        category: "state",
      },
      (fixture) =>
        eachRenewed(scenario, fixture, [0, 1, 2] as const, async ({ world, draft, bystander }, at) => {
          const forms = formsOf(bystander[field] ?? "");
          const code = await world.code({ to: forms[0], scene: change.scene });
          const reply = await world.send({ ...draft, body: bodyOf(change, code, forms[at]) }, "en");
          // A target need not accept every form. Then it may also refuse the form, or the code.
          expectRefusal(world, reply, checks.taken, "en", { or: at === 0 ? [] : otherRefusals(checks) });
        }),
    ),
    caseOf(
      scenario,
      {
        name: `own-${noun}-in-another-form`,
        title: `The account's own ${noun} is refused in every form`,
        category: "state",
      },
      async (fixture) => {
        const { world, draft, account } = fixture;
        const [own, other] = formsOf(account[field] ?? "");
        const code = await world.code({ to: own, scene: change.scene });
        await leavesAlone(fixture, async () => {
          const reply = await world.send({ ...draft, body: bodyOf(change, code, other) }, "en");
          expectRefusal(world, reply, checks.own, "en", { or: otherRefusals(checks) });
        });
      },
    ),
  ];
}
