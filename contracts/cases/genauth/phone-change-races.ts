/** Simultaneous changes of number must end as if one came after the other. */

import { CODE, OPEN_CODE, secondCode } from "../../target/requirements.ts";
import type { Case } from "../../world/case.ts";
import { expectSuccess } from "../../world/expect.ts";
import { canonical } from "../../world/receivers.ts";
import { caseOf } from "../scenario.ts";
import { expectOnlyChange, expectReceiver } from "../shared/expect-receiver.ts";
import { manyAtOnce, manyTimes, oneSucceeds } from "../shared/races.ts";
import { changeWith, type PhoneChangeFixture, phoneChange, updateTokenIn, verified } from "./phone-change.ts";
import { newChannel, oldCode } from "./phones.ts";
import { requestOf } from "./verification.ts";

export const phoneChangeRaces: readonly Case[] = [
  caseOf(
    phoneChange,
    {
      name: "same-token-twice-at-once",
      title: "Of two simultaneous requests with the same update token, exactly one succeeds",
      category: "concurrency",
    },
    async ({ world, draft, account, mobile }) => {
      await oneSucceeds(world, [draft, draft]);
      await expectOnlyChange(world, account, "mobile", mobile);
    },
  ),
  manyAtOnce(phoneChange, {
    noun: "token",
    of: ({ draft }) => manyTimes(draft),
    after: ({ world, account, mobile }) => expectOnlyChange(world, account, "mobile", mobile),
  }),
  caseOf(
    phoneChange,
    {
      name: "one-number-for-two-at-once",
      title: "Of two accounts that verified the same number and take it simultaneously, exactly one gets it",
      category: "concurrency",
      requires: secondCode(OPEN_CODE),
      alone: true,
    },
    async (fixture) => {
      const { world, draft, bystander, mobile } = fixture;
      // The code before is used up, so the same code may come again.
      const code = await world.anotherCode({ to: mobile, scene: newChannel(world), code: "" });
      const reply = await world.send(await requestOf(world, bystander, code, await oldCode(world, bystander)));
      if (!expectSuccess(world, reply)) return;
      await oneSucceeds(world, [draft, await changeWith(world, bystander, updateTokenIn(reply))]);
      await expectOneOwner(fixture);
    },
  ),
  caseOf(
    phoneChange,
    {
      name: "one-number-for-both-systems-at-once",
      title: "Of two accounts that take the same number simultaneously, one through each system, exactly one gets it",
      category: "concurrency",
      requires: [CODE],
      calls: ["updateMobile"],
    },
    async (fixture) => {
      const { world, draft, bystander, mobile } = fixture;
      const { code } = await world.code({ to: mobile, scene: "UPDATE_MOBILE_SMS" });
      const body = { mobile, verify_code: code };
      const theirs = world.draft("updateMobile", { body, idToken: await world.idToken(bystander) });
      await oneSucceeds(world, [draft, theirs]);
      await expectOneOwner(fixture);
    },
  ),
  caseOf(
    phoneChange,
    {
      name: "two-changes-at-once",
      title: "Simultaneous changes of two accounts do not mix",
      category: "concurrency",
      requires: ["account-read"],
    },
    async ({ world, draft, account, mobile, bystander }) => {
      const other = await world.freshMobile();
      const requests = [draft, await changeWith(world, bystander, await verified(world, bystander, other))];
      const replies = await Promise.all(requests.map((request) => world.send(request)));
      for (const reply of replies) expectSuccess(world, reply);
      await expectReceiver(world, account, "mobile", mobile);
      await expectReceiver(world, bystander, "mobile", other);
    },
  ),
];

/** Skipped if the target cannot read accounts. */
async function expectOneOwner({ world, account, bystander, mobile }: PhoneChangeFixture): Promise<void> {
  if (world.target.readAccount === undefined) return;
  const accounts = [await world.read(account), await world.read(bystander)];
  const owners = accounts.filter((account) => canonical(account?.mobile ?? "") === canonical(mobile));
  world.expect(owners.length === 1, "accounts with the new number", "1", String(owners.length));
}
