/** The code for the old number: what does not prove that number, and how often it may be wrong. */

import { OPEN_CODE, secondCode } from "../../target/requirements.ts";
import type { Case } from "../../world/case.ts";
import { expectRefusal, expectSuccess } from "../../world/expect.ts";
import { type Code, NotApplicable, NotArranged } from "../../world/world.ts";
import { amend, caseOf, leavesAlone, succeeds } from "../scenario.ts";
import { MOST_TRIES, otherThan, REFUSAL_KEEPS_CODE } from "../shared/code-mutations.ts";
import { newNumber, oldNumber, withPayload } from "./payload.ts";
import { CHANNEL_BASIS, channelsFor, foreignAccountChannel, newCode, oldCode } from "./phones.ts";
import { demanding, type VerificationFixture } from "./verification.ts";

export const oldCodeCases: readonly Case[] = [
  caseOf(
    demanding,
    {
      name: "old-code-superseded",
      title: "A newer code for the old number replaces the earlier code",
      category: "state",
      requires: secondCode(OPEN_CODE),
      alone: true,
    },
    async (fixture) => {
      const { world, old, draft, code } = fixture;
      if (!world.figure("code_supersedes")) throw new NotApplicable("the target's policy keeps older codes valid");
      const newer = await world.anotherCode(old);
      // If the clock moved, the code for the new number has expired.
      if (world.target.plantCode === undefined)
        amend(draft, withPayload(draft, newNumber(await newCode(world, code.to))));
      await isRefused(fixture, old);
      // The refused request may have used up the code for the new number.
      const renewed = await world.anotherCode(code);
      amend(draft, withPayload(draft, newNumber(renewed)));
      await succeeds({ ...fixture, draft: withPayload(draft, oldNumber(newer)) });
    },
  ),
  caseOf(
    demanding,
    {
      name: "old-code-used",
      title: "A used code for the old number is refused",
      category: "security",
      requires: ["unique-codes"],
    },
    async (fixture) => {
      const { world, old, draft } = fixture;
      expectSuccess(world, await world.send(draft));
      const next = await newCode(world, await world.freshMobile());
      await isRefused({ ...fixture, draft: withPayload(draft, newNumber(next)) }, old);
    },
  ),
  caseOf(
    demanding,
    {
      name: "old-code-exhausted",
      title: "After too many wrong attempts, the right code for the old number is refused too",
      category: "security",
      requires: ["unique-codes"],
    },
    async (fixture) => {
      const tries = triesOf(fixture);
      for (let tried = 0; tried < tries; tried++) await isRefused(fixture, wrong(fixture.old));
      await isRefused(fixture, fixture.old);
    },
  ),
  caseOf(
    demanding,
    {
      name: "old-codes-exhausted-together",
      title: "Codes from several channels for the old number share one limit of wrong attempts",
      category: "security",
      requires: ["policy|policy-read", "unique-codes"],
    },
    async (fixture) => {
      const { world, account, old } = fixture;
      const others = channelsFor("old", world).filter((channel) => channel !== old.scene);
      if (others.length === 0)
        throw new NotApplicable("the target's policy accepts codes from one channel only for the old number");
      const tries = triesOf(fixture, others.length + 1);
      const codes = [old];
      for (const channel of others) codes.push(await oldCode(world, account, channel));
      for (let tried = 0; tried < tries; tried++) await isRefused(fixture, wrong(old));
      for (const code of codes) await isRefused(fixture, code);
    },
  ),
  caseOf(
    demanding,
    {
      name: "wrong-old-code-keeps-both",
      title: "A wrong code for the old number leaves both codes valid",
      category: "state",
      basis: REFUSAL_KEEPS_CODE,
    },
    async (fixture) => {
      if (fixture.world.figure("code_max_attempts") < 2)
        throw new NotApplicable("the target's policy locks a code after one wrong attempt");
      await isRefused(fixture, wrong(fixture.old));
      await succeeds(fixture);
    },
  ),
  caseOf(
    demanding,
    {
      name: "old-code-of-another-number",
      title: "A code sent to another number does not prove the old number",
      category: "security",
      requires: ["unique-codes"],
    },
    async (fixture) => {
      const { world, old, bystander } = fixture;
      const { code } = await oldCode(world, bystander);
      if (code === old.code) throw new NotArranged("the target sent the same code to two receivers");
      await isRefused(fixture, { ...old, code });
      await isRefused(fixture, { ...old, code: fixture.code.code });
    },
  ),
  caseOf(
    demanding,
    {
      name: "old-code-of-another-channel",
      title: "A code sent to the old number for another purpose does not prove it",
      category: "security",
      basis: CHANNEL_BASIS,
      requires: ["unique-codes"],
    },
    async (fixture) => {
      const { world, account } = fixture;
      await isRefused(fixture, await oldCode(world, account, foreignAccountChannel(world)));
    },
  ),
];

/** After this many attempts every code is exhausted, however the target counts them. */
function triesOf({ world }: VerificationFixture, codes = 1): number {
  const tries = world.figure("code_max_attempts") * codes;
  if (tries > MOST_TRIES) throw new NotApplicable(`the limit of wrong attempts is ${tries}, more than the suite makes`);
  return tries;
}

/** Sends the request with this code for the old number, and expects a refusal. */
async function isRefused(fixture: VerificationFixture, old: Code): Promise<void> {
  await leavesAlone(fixture, async ({ world, draft }) => {
    const broken = withPayload(draft, { oldPhonePassCode: old.code });
    expectRefusal(world, await world.send(broken, "en"), "old-code-wrong", "en");
  });
}

function wrong(old: Code): Code {
  return { ...old, code: otherThan(old) };
}
