/** Simultaneous verifications, and the accounts they belong to. */
import type { Case } from "../../world/case.ts";
import { expectSomeRefusal, expectSuccess } from "../../world/expect.ts";
import { caseOf } from "../scenario.ts";
import { expectReceiver } from "../shared/expect-receiver.ts";
import { manyAtOnce, manyTimes, oneSucceeds } from "../shared/races.ts";
import { changeWith, UPDATE, updateTokenIn } from "./phone-change.ts";
import { newCode, oldCode } from "./phones.ts";
import { requestOf, verification } from "./verification.ts";

export const verificationRaces: readonly Case[] = [
  caseOf(
    verification,
    {
      name: "same-code-twice-at-once",
      title: "Of two accounts that simultaneously prove a number with the same code, exactly one gets a token",
      category: "concurrency",
      requires: ["unique-codes"],
    },
    async ({ world, draft, bystander, code }) => {
      await oneSucceeds(world, [draft, await requestOf(world, bystander, code, await oldCode(world, bystander))]);
    },
  ),
  caseOf(
    verification,
    {
      name: "same-request-twice-at-once",
      title: "The same request sent twice simultaneously uses its codes once",
      category: "concurrency",
      requires: ["unique-codes"],
    },
    async ({ world, draft }) => oneSucceeds(world, [draft, draft]),
  ),
  manyAtOnce(verification, { noun: "code", of: ({ draft }) => manyTimes(draft) }),
  caseOf(
    verification,
    {
      name: "two-verifications-at-once",
      title: "Two accounts that verify simultaneously each get a token for their own new number",
      category: "concurrency",
      requires: ["account-read"],
      calls: [UPDATE],
    },
    async ({ world, draft, account, bystander, code }) => {
      const other = await newCode(world, await world.freshMobile());
      const request = await requestOf(world, bystander, other, await oldCode(world, bystander));
      const [one, another] = await Promise.all([world.send(draft), world.send(request)]);
      for (const [owner, reply, { to }] of [
        [account, one, code],
        [bystander, another, other],
      ] as const) {
        if (!expectSuccess(world, reply)) continue;
        const changed = await world.send(await changeWith(world, owner, updateTokenIn(reply)));
        if (expectSuccess(world, changed)) await expectReceiver(world, owner, "mobile", to);
      }
    },
  ),
  caseOf(
    verification,
    {
      name: "own-account-only",
      title: "A request that names another account gives that account nothing",
      category: "security",
      requires: ["account-read"],
      calls: [UPDATE],
    },
    async ({ world, draft, account, bystander, code }) => {
      const { id } = bystander;
      const before = await world.remember(bystander);
      const body = { userId: id, user_id: id, accountId: id, id, sub: id, ...draft.body };
      const reply = await world.send({ ...draft, body, broken: "the body names another account" });
      if (!reply.succeeded) {
        expectSomeRefusal(world, reply, "undocumented fields in the body");
      } else {
        expectSuccess(world, await world.send(await changeWith(world, account, updateTokenIn(reply))));
        await expectReceiver(world, account, "mobile", code.to);
      }
      await before.unchanged();
    },
  ),
];
