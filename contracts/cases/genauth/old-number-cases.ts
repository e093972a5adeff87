/** The proof of the old number: when it is required, and which number it is. */

import { inferred } from "../../spec/basis.ts";
import { CODE } from "../../target/requirements.ts";
import type { Case } from "../../world/case.ts";
import { expectRefusal, expectSuccess } from "../../world/expect.ts";
import { NotApplicable } from "../../world/world.ts";
import { fieldCases } from "../field-cases.ts";
import { caseOf, leavesAlone, succeeds } from "../scenario.ts";
import { oldCodeCases } from "./old-code-cases.ts";
import { inPayload, WITHOUT_OLD_NUMBER, withPayload } from "./payload.ts";
import { assertHome, channelsFor, newCode, oldCode, statesChannels } from "./phones.ts";
import { demanding, requestOf, type VerificationFixture, verification } from "./verification.ts";

export const oldNumberCases: readonly Case[] = [
  ...fieldCases(demanding, { oldPhoneNumber: "old-mobile-missing", oldPhonePassCode: "old-mobile-missing" }, inPayload),
  ...oldCodeCases,
  caseOf(
    demanding,
    {
      name: "old-number-changed-meanwhile",
      title: "An old number that was replaced through the other system is refused, and so is its code",
      category: "state",
      requires: [CODE],
      calls: ["updateMobile"],
    },
    async (fixture) => {
      const { world, account, draft } = fixture;
      const { to: mobile, code } = await world.code({ to: await world.freshMobile(), scene: "UPDATE_MOBILE_SMS" });
      const body = { mobile, verify_code: code };
      const moved = world.draft("updateMobile", { body, idToken: await world.idToken(account) });
      if (!expectSuccess(world, await world.send(moved))) return;
      await leavesAlone(fixture, async () => {
        expectRefusal(world, await world.send(draft, "en"), "old-mobile-mismatch", "en");
      });
    },
  ),
  caseOf(
    verification,
    {
      name: "each-old-channel",
      title: "A code from every stated channel proves the old number",
      category: "state",
      requires: ["policy|policy-read"],
    },
    async ({ world }) => {
      if (!statesChannels(world)) throw new NotApplicable("the target does not state its channels");
      for (const channel of channelsFor("old", world)) {
        const account = await world.account();
        const code = await newCode(world, await world.freshMobile());
        const request = await requestOf(world, account, code, await oldCode(world, account, channel));
        expectSuccess(world, await world.send(request));
      }
    },
  ),
  caseOf(
    verification,
    {
      name: "old-country-code-left-out",
      title: "A mainland China old number is accepted without its country code",
      category: "boundary",
      basis: inferred("The documents say that the country code is optional, but not which country is then meant."),
    },
    async (fixture) => {
      assertHome(fixture.old.to);
      await succeeds({ ...fixture, draft: withPayload(fixture.draft, { oldPhoneCountryCode: undefined }) });
    },
  ),
  caseOf(
    verification,
    {
      name: "no-old-number-no-proof",
      title: "An account without a number does not need to prove an old number",
      category: "state",
    },
    async (fixture) => {
      const { world, code } = fixture;
      // The documents do not say this, so the case relies on the assumed policy.
      world.figure("genauth_require_old_phone");
      const account = await world.account({ mobile: null });
      if (account.mobile !== undefined) throw new NotApplicable("every account of the target has a number");
      expectSuccess(world, await world.send(await requestOf(world, account, code, undefined)));
    },
  ),
  caseOf(
    verification,
    {
      name: "old-number-not-demanded",
      title: "If the policy does not require the old number, the new number is enough",
      category: "state",
      requires: ["policy|policy-read"],
      alone: true,
    },
    async (fixture) => {
      const { world, draft } = fixture;
      if (!world.states("genauth_require_old_phone"))
        throw new NotApplicable("the target does not state genauth_require_old_phone");
      if (world.figure("genauth_require_old_phone")) await allowWithoutOldNumber(fixture);
      await succeeds({ ...fixture, draft: withPayload(draft, WITHOUT_OLD_NUMBER) });
    },
  ),
];

async function allowWithoutOldNumber({ world }: VerificationFixture): Promise<void> {
  if (world.target.setPolicy === undefined)
    throw new NotApplicable("the target's policy requires proof of the old number");
  await world.setPolicy({ genauth_require_old_phone: false });
}
