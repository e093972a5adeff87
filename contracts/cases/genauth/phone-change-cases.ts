/** Changes of number beyond their checks: the use and lifetime of a token, and the owner of each number afterwards. */

import { inferred } from "../../spec/basis.ts";
import { OPEN_CODE, secondCode } from "../../target/requirements.ts";
import type { Case } from "../../world/case.ts";
import { expectRefusal, expectSomeRefusal, expectSuccess } from "../../world/expect.ts";
import { NotApplicable } from "../../world/world.ts";
import { caseOf, leavesAlone, succeeds } from "../scenario.ts";
import { expectReceiver } from "../shared/expect-receiver.ts";
import { withAnotherMiddle } from "../shared/forged-token-cases.ts";
import { changeWith, type PhoneChangeFixture, phoneChange, takes, verified } from "./phone-change.ts";
import { newChannel, newCode, oldCode } from "./phones.ts";
import { expectPhone, PROFILE, profileOf } from "./profile.ts";
import { requestOf } from "./verification.ts";

const FREE_AGAIN = inferred("No page says when a given-up number is free again.");

export const updateTokenCases: readonly Case[] = [
  caseOf(
    phoneChange,
    {
      name: "update-token-altered",
      title: "An update token with one changed character, in any of its parts, is refused",
      category: "security",
    },
    async (fixture) => {
      const parts = fixture.token.text.split(".");
      const altered = parts.map((part, index) => parts.with(index, withAnotherMiddle(part)).join("."));
      await areRefused(fixture, altered);
      await succeeds(fixture);
    },
  ),
  caseOf(
    phoneChange,
    {
      name: "foreign-update-token-stays-good",
      title: "An update token still works for its own account after another account tried it",
      category: "security",
    },
    async (fixture) => {
      const { world, bystander, token } = fixture;
      await leavesAlone(fixture, async () => {
        const stolen = await world.send(await changeWith(world, bystander, token), "en");
        expectRefusal(world, stolen, "update-token-foreign", "en");
      });
      await succeeds(fixture);
    },
  ),
  caseOf(
    phoneChange,
    {
      name: "access-token-is-no-update-token",
      title: "An access token or a code is refused as an update token",
      category: "security",
    },
    async (fixture) => {
      const { world, account } = fixture;
      const { code } = await newCode(world, await world.freshMobile());
      await areRefused(fixture, [await world.accessToken(account), code]);
    },
  ),
  caseOf(
    phoneChange,
    {
      name: "update-token-lifetime",
      title: "An update token works until shortly before its stated expiry, and not after",
      category: "time",
      requires: ["clock"],
      alone: true,
    },
    (fixture) => livesUntilItsEnd(fixture),
  ),
  caseOf(
    phoneChange,
    {
      name: "update-token-lifetime-as-stated",
      title: "The stated lifetime of an update token equals the policy",
      category: "state",
    },
    async ({ world, token }) => {
      if (!world.states(LIFETIME)) throw new NotApplicable("the target does not state update_phone_token_ttl_seconds");
      const stated = world.figure(LIFETIME);
      world.expect(token.expiresIn === stated, "tokenExpiresIn", String(stated), String(token.expiresIn));
    },
  ),
  caseOf(
    phoneChange,
    {
      name: "token-decides-the-number",
      title: "A request that names another number does not change to that number",
      category: "security",
      requires: ["account-read"],
    },
    async ({ world, draft, account, bystander, verifyEffects }) => {
      const other = await world.freshMobile();
      const before = await world.remember(account, bystander);
      const named = { newPhoneNumber: other, phoneNumber: other, phone: other, mobile: other };
      const body = { ...named, ...draft.body };
      const reply = await world.send({ ...draft, body, broken: "the body names another number" });
      if (reply.succeeded) return verifyEffects(reply);
      expectSomeRefusal(world, reply, "undocumented fields in the body");
      await before.unchanged();
    },
  ),
];

const LIFETIME = "update_phone_token_ttl_seconds";
const MARGIN_S = 10;

async function livesUntilItsEnd(fixture: PhoneChangeFixture): Promise<void> {
  const { world, account, bystander, token } = fixture;
  const late = await verified(world, bystander, await world.freshMobile());
  const marginS = Math.min(MARGIN_S, token.expiresIn / 2);
  await world.advance(Math.floor(token.expiresIn - marginS));
  expectSuccess(world, await world.send(await changeWith(world, account, token)));
  await world.advance(Math.ceil(marginS) + 1);
  await leavesAlone(fixture, async () => {
    expectRefusal(
      world,
      await world.send(await changeWith(world, bystander, late), "en"),
      "update-token-expired",
      "en",
    );
  });
}

async function areRefused(fixture: PhoneChangeFixture, tokens: readonly string[]): Promise<void> {
  await leavesAlone(fixture, async ({ world, draft }) => {
    for (const updatePhoneToken of tokens) {
      world.secrets.add("updatePhoneToken", updatePhoneToken);
      const reply = await world.send({ ...draft, body: { updatePhoneToken } }, "en");
      expectRefusal(world, reply, "update-token-unknown", "en");
    }
  });
}

export const ownershipCases: readonly Case[] = [
  caseOf(
    phoneChange,
    {
      name: "profile-shows-the-number",
      title: "After the change, the profile shows the new number and its country code",
      category: "state",
      calls: [PROFILE],
    },
    async (fixture) => {
      await succeeds(fixture);
      const { world, account, mobile } = fixture;
      expectPhone(world, await world.send(await profileOf(world, account)), mobile);
    },
  ),
  caseOf(
    phoneChange,
    {
      name: "old-number-is-free",
      title: "After the change, another account can take the old number",
      category: "state",
      basis: FREE_AGAIN,
    },
    async (fixture) => {
      await succeeds(fixture);
      const { world, account, bystander } = fixture;
      const token = await verified(world, bystander, account.mobile ?? "");
      const reply = await world.send(await changeWith(world, bystander, token));
      if (expectSuccess(world, reply)) await expectReceiver(world, bystander, "mobile", account.mobile ?? "");
    },
  ),
  caseOf(
    phoneChange,
    {
      name: "new-number-is-taken",
      title: "After the change, another account cannot take the new number",
      category: "state",
      requires: secondCode(OPEN_CODE),
      alone: true,
    },
    async (fixture) => {
      await succeeds(fixture);
      const { world, bystander, mobile } = fixture;
      await leavesAlone(fixture, async () => {
        // The code before is used up, so the same code may come again.
        const code = await world.anotherCode({ to: mobile, scene: newChannel(world), code: "" });
        const reply = await world.send(await requestOf(world, bystander, code, await oldCode(world, bystander)), "en");
        expectRefusal(world, reply, "mobile-taken", "en");
      });
    },
  ),
  caseOf(
    phoneChange,
    {
      name: "taken-number-given-up",
      title: "An update token refused for a taken number works after the number is free again",
      category: "state",
      basis: FREE_AGAIN,
    },
    async (fixture) => {
      const { world, mobile } = fixture;
      const rival = await takes(world, mobile);
      await leavesAlone(fixture, async ({ draft }) => {
        expectRefusal(world, await world.send(draft, "en"), "mobile-taken", "en");
      });
      const other = await verified(world, rival, await world.freshMobile());
      expectSuccess(world, await world.send(await changeWith(world, rival, other)));
      await succeeds(fixture);
    },
  ),
  caseOf(
    phoneChange,
    {
      name: "first-number",
      title: "An account without a number gets its first number",
      category: "state",
    },
    async ({ world }) => {
      // Not documented, so the case relies on the assumed policy.
      world.figure("genauth_require_old_phone");
      const account = await world.account({ mobile: null });
      const mobile = await world.freshMobile();
      const token = await verified(world, account, mobile, account.mobile);
      const reply = await world.send(await changeWith(world, account, token));
      if (expectSuccess(world, reply)) await expectReceiver(world, account, "mobile", mobile);
    },
  ),
];
