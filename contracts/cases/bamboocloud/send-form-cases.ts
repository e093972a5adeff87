/** Different forms of a number or address mean the same receiver of a message, for either channel. */

import { SIGNED_IN } from "../../target/requirements.ts";
import type { Case } from "../../world/case.ts";
import { expectRefusal, expectSuccess } from "../../world/expect.ts";
import { NotApplicable } from "../../world/world.ts";
import { caseOf, succeeds } from "../scenario.ts";
import type { Channel } from "./channels.ts";
import { expectAccepted } from "./message-cases.ts";
import { ANY_FORM } from "./receiver-forms.ts";
import { type SendFixture, sendScenario, withToken } from "./sending.ts";

export function sendFormCases(channel: Channel): readonly Case[] {
  const { noun } = channel;
  const scenario = sendScenario(channel);
  return [
    caseOf(
      scenario,
      {
        name: `${noun}-forms`,
        title: `A code requested for another form of the ${noun} arrives and is accepted`,
        category: "boundary",
        basis: ANY_FORM,
        requires: [...SIGNED_IN, "messages"],
        calls: [channel.taker.operation],
      },
      async (first) => {
        const { world } = first;
        const account = await world.account();
        let fixture = first;
        for (const [at] of formsOf(channel, first).entries()) {
          const { to } = fixture;
          await writeAs(channel, fixture, formsOf(channel, fixture)[at] ?? "");
          if (!expectSuccess(world, await world.send(fixture.draft))) return;
          const code = await fixture.inbox.getsOne();
          if (code !== undefined) await expectAccepted(world, channel.taker, { account, to, code });
          fixture = await scenario.arrange(world);
        }
      },
    ),
    caseOf(
      scenario,
      {
        name: "captcha-token-for-another-form",
        title: `A pass token for one form of the ${noun} is accepted for another form`,
        category: "boundary",
        basis: ANY_FORM,
        // Only the control protocol promises that a pass token ignores the form of its receiver.
        requires: ["captcha-tokens"],
      },
      async (fixture) => {
        const { draft } = fixture;
        const form = formsOf(channel, fixture).at(-1);
        await succeeds({ ...fixture, draft: { ...draft, body: { ...draft.body, [channel.field]: form } } });
      },
    ),
    caseOf(
      scenario,
      {
        name: `interval-is-of-every-${noun}-form`,
        title: `The resend interval applies to every form of the ${noun}`,
        category: "boundary",
        basis: ANY_FORM,
      },
      async (fixture) => {
        const { world, draft, inbox } = fixture;
        if (world.figure("code_resend_seconds") === 0)
          throw new NotApplicable("the target's policy has no resend interval");
        await succeeds(fixture);
        for (const form of formsOf(channel, fixture)) {
          await writeAs(channel, fixture, form);
          expectRefusal(world, await world.send(draft, "en"), "send-too-soon", "en");
        }
        await inbox.getsNothing();
      },
    ),
  ];
}

function formsOf({ otherForms, field, noun }: Channel, { world, to }: SendFixture): readonly string[] {
  const forms = otherForms(to);
  if (forms.length === 0) throw new NotApplicable(`no other form of the target's ${noun} is known`);
  for (const form of forms) world.secrets.add(field, form);
  return forms;
}

async function writeAs({ field }: Channel, { world, draft }: SendFixture, form: string): Promise<void> {
  withToken(draft, await world.captchaPass(form));
  Object.assign(draft.body ?? {}, { [field]: form });
}
