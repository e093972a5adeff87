/** A number and an address can be written in several ways. Whatever the way, it is the same one, and belongs to one account. */
import type { Case } from "../../world/case.ts";
import { expectSuccess, judgeRefusal } from "../../world/expect.ts";
import { canonical, nationalPart } from "../../world/receivers.ts";
import { NotApplicable } from "../../world/world.ts";
import { caseOf, leavesAlone, type Scenario } from "../scenario.ts";
import { expectReceiver } from "../shared/expect-receiver.ts";
import { bodyOf, type Change, type ChangeScene } from "./contact-change.ts";

/** Three ways to write the same, the plainest first. */
export type Forms = readonly [plain: string, other: string, third: string];

/** The published rule allows all of them. */
export function formsOfMobile(mobile: string): Forms {
  if (!canonical(mobile).startsWith("+86-"))
    throw new NotApplicable("its numbers are of a country whose forms no page shows");
  const national = nationalPart(mobile);
  return [national, `+86-${national}`, `+86${national}`];
}

/** That case does not matter is inferred. */
export function formsOfEmail(email: string): Forms {
  const plain = email.toLowerCase();
  return [plain, plain.toUpperCase(), plain.replace(/^./, (first) => first.toUpperCase())];
}

export function formCases(change: Change, scenario: Scenario<ChangeScene>): readonly Case[] {
  const { noun, field, checks, formsOf } = change;
  return [
    caseOf(
      scenario,
      {
        name: `${noun}-forms`,
        title: `A code that was sent to the ${noun} in one form is good for it in every form`,
        axis: "boundary",
      },
      async ({ world, draft, member }) => {
        for (const [sentTo, written] of await rolesOf(formsOf, () => change.fresh(world))) {
          const code = await world.code({ to: sentTo, scene: change.scene });
          const reply = await world.send({ ...draft, body: bodyOf(change, code, written) });
          if (expectSuccess(world, reply)) await expectReceiver(world, member, change.field, written);
        }
      },
    ),
    caseOf(
      scenario,
      {
        name: `taken-${noun}-forms`,
        title: `What is taken in one form of the ${noun} is taken in every form`,
        axis: "state",
      },
      async (scene) => {
        const { world, draft, decoy } = scene;
        const forms = formsOf(decoy[field] ?? "");
        const code = await world.code({ to: forms[0], scene: change.scene });
        await leavesAlone(scene, async () => {
          for (const form of forms) {
            const reply = await world.send({ ...draft, body: bodyOf(change, code, form) }, "en");
            judgeRefusal(world, reply, checks.taken, "en");
          }
        });
      },
    ),
    caseOf(
      scenario,
      {
        name: `own-${noun}-in-another-form`,
        title: `The account's own ${noun} is its own in another form too`,
        axis: "state",
      },
      async (scene) => {
        const { world, draft, member } = scene;
        const [own, other] = formsOf(member[field] ?? "");
        const code = await world.code({ to: own, scene: change.scene });
        await leavesAlone(scene, async () => {
          const reply = await world.send({ ...draft, body: bodyOf(change, code, other) }, "en");
          judgeRefusal(world, reply, checks.own, "en");
        });
      },
    ),
  ];
}

/** How a place is written when its code is sent, and when it is used: each form in either role, each of another receiver. */
export async function rolesOf(
  formsOf: (receiver: string) => Forms,
  fresh: () => Promise<string>,
): Promise<readonly (readonly [sentTo: string, written: string])[]> {
  const roles: [string, string][] = [];
  for (const at of [1, 2] as const) {
    const [one, other] = [formsOf(await fresh()), formsOf(await fresh())];
    roles.push([one[0], one[at]], [other[at], other[0]]);
  }
  return roles;
}
