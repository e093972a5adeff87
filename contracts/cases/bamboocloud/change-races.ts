/** Simultaneous changes of number or address must end as if one came after the other. */

import { secondCode } from "../../target/requirements.ts";
import type { Case } from "../../world/case.ts";
import { described, expectSomeRefusal, expectSuccess } from "../../world/expect.ts";
import { canonical } from "../../world/receivers.ts";
import { NotApplicable } from "../../world/world.ts";
import { caseOf, type Scenario } from "../scenario.ts";
import { expectReceiver } from "../shared/expect-receiver.ts";
import { MANY, oneSucceeds } from "../shared/races.ts";
import { type ContactChange, type ContactChangeFixture, requestOf } from "./contact-change.ts";

export function changeRaces(change: ContactChange, scenario: Scenario<ContactChangeFixture>): readonly Case[] {
  const { noun } = change;
  return [
    caseOf(
      scenario,
      {
        name: "same-code-twice-at-once",
        title: "Of two simultaneous requests with the same code, exactly one succeeds",
        category: "concurrency",
        requires: ["unique-codes"],
      },
      async (fixture) => {
        const { world, draft, bystander, code } = fixture;
        await oneSucceeds(world, [draft, await requestOf(change, world, bystander, code)]);
        await expectOneOwner(change, fixture);
      },
    ),
    caseOf(
      scenario,
      {
        name: "same-code-many-times-at-once",
        title: `Of ${MANY} simultaneous requests of two accounts with the same code, those of one account succeed`,
        category: "concurrency",
        requires: ["unique-codes"],
      },
      async (fixture) => takenByOne(change, fixture),
    ),
    caseOf(
      scenario,
      {
        name: "same-request-twice-at-once",
        title: "The same request sent twice simultaneously uses its code once",
        category: "concurrency",
        requires: ["unique-codes"],
      },
      async (fixture) => sentTwice(fixture),
    ),
    caseOf(
      scenario,
      {
        name: `one-${noun}-for-two-at-once`,
        title: `Of two accounts that request the same ${noun} simultaneously, each with a valid code, one gets it`,
        category: "concurrency",
        requires: [...secondCode(), "policy"],
        alone: true,
      },
      async (fixture) => {
        const { world, draft, bystander, code } = fixture;
        if (!world.states("code_supersedes")) throw new NotApplicable("one receiver never has two valid codes");
        await world.setPolicy({ code_supersedes: false });
        const another = await world.anotherCode(code);
        await oneSucceeds(world, [draft, await requestOf(change, world, bystander, another)]);
        await expectOneOwner(change, fixture);
      },
    ),
    caseOf(
      scenario,
      {
        name: "two-changes-at-once",
        title: "Simultaneous changes of two accounts do not mix",
        category: "concurrency",
        requires: ["account-read"],
      },
      async ({ world, draft, account, bystander, code }) => {
        const other = await world.code({ to: await change.fresh(world), scene: change.scene });
        const requests = [draft, await requestOf(change, world, bystander, other)];
        const replies = await Promise.all(requests.map((request) => world.send(request)));
        for (const reply of replies) expectSuccess(world, reply);
        await expectReceiver(world, account, change.field, code.to);
        await expectReceiver(world, bystander, change.field, other.to);
      },
    ),
  ];
}

/** Skipped if the target cannot read accounts. */
async function expectOneOwner(
  { field, noun }: ContactChange,
  { world, account, bystander, code }: ContactChangeFixture,
): Promise<void> {
  if (world.target.readAccount === undefined) return;
  const accounts = [await world.read(account), await world.read(bystander)];
  const owners = accounts.filter((account) => canonical(account?.[field] ?? "") === canonical(code.to));
  world.expect(owners.length === 1, `accounts with the new ${noun}`, "1", String(owners.length));
}

/** A repeated request may succeed if it finds the value already set. Then a later one succeeds too. */
async function takenByOne(change: ContactChange, fixture: ContactChangeFixture): Promise<void> {
  const { world, draft, bystander, code } = fixture;
  const rival = await requestOf(change, world, bystander, code);
  const drafts = Array.from({ length: MANY }, (_, index) => (index % 2 === 0 ? draft : rival));
  const replies = await Promise.all(drafts.map((one) => world.send(one)));
  for (const reply of replies) if (!reply.succeeded) expectSomeRefusal(world, reply, "a request that came second");
  const winners = new Set(drafts.filter((_, index) => replies[index]?.succeeded));
  const details = `accounts that got the ${change.noun}`;
  if (!world.expect(winners.size === 1, details, "one account", `${winners.size} accounts`)) return;
  await expectOneOwner(change, fixture);
  if (replies.filter(({ succeeded }) => succeeded).length === 1) return;
  const later = await world.send([...winners][0] ?? draft);
  world.expect(later.succeeded, "the same request many times at once", "one success", "several successes");
}

/** Both requests may succeed if the second finds the value already set. Then a third request must succeed too. */
async function sentTwice({ world, draft, verifyEffects }: ContactChangeFixture): Promise<void> {
  const replies = await Promise.all([world.send(draft), world.send(draft)]);
  const winners = replies.filter(({ succeeded }) => succeeded);
  const losers = replies.filter(({ succeeded }) => !succeeded);
  for (const loser of losers) expectSomeRefusal(world, loser, "a request that came second");
  const [winner] = winners;
  if (winner === undefined) {
    world.violate("the same request twice at once", "one success", replies.map(described).join("; "));
    return;
  }
  await verifyEffects(winner);
  if (winners.length === 1) return;
  const later = await world.send(draft);
  world.expect(later.succeeded, "the same request twice at once", "one success", "two successes");
}
