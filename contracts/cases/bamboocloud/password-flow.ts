/**
 * What updatePasswordByMobile and resetPasswordByMobile have in common: an account gets a new password for a code that went to
 * its number. A flow names what differs; the scenario is made of it.
 */

import type { Requirement } from "../../target/requirements.ts";
import { expectSuccess, judgeRefusal, type Params } from "../../world/expect.ts";
import { canonical } from "../../world/receivers.ts";
import { type Account, type Code, type Draft, NotArranged, type World } from "../../world/world.ts";
import { amend, leavesAlone, type Scenario } from "../scenario.ts";
import type { CodeFixture } from "../shared/code-mutations.ts";
import { expectKept } from "../shared/expect-receiver.ts";
import { word } from "./made-passwords.ts";

export interface PasswordFlow {
  readonly operation: "updatePasswordByMobile" | "resetPasswordByMobile";
  readonly requires: readonly Requirement[];
  /** What its codes are sent for, and what those of the other flow are. */
  readonly scene: string;
  readonly otherScene: string;
  /** Makes the request one for this account. */
  aim(world: World, draft: Draft, account: Account): Promise<void> | void;
}

export interface PasswordFixture extends CodeFixture {
  /** Who gets the new password. */
  readonly account: Account;
  /** Somebody else, whom nothing here may touch. */
  readonly bystander: Account;
  readonly mustNotChange: Account[];
}

export type AccountSeed = NonNullable<Parameters<World["account"]>[0]>;

/** A good request of a member that is made like this. */
export function passwordScenario(
  flow: PasswordFlow,
  seedOf: (world: World) => Promise<AccountSeed> | AccountSeed = () => ({}),
): Scenario<PasswordFixture> {
  return {
    operation: flow.operation,
    requires: flow.requires,
    async arrange(world) {
      const account = await world.account({ username: word(world.random), ...(await seedOf(world)) });
      const bystander = await world.account();
      const code = await world.code({ to: receiverOf(account), scene: flow.scene });
      const draft = await requestOf(flow, world, account, code);
      const password = passwordOf(draft);
      const bystanderBefore = await world.remember(bystander);
      return {
        world,
        account: account,
        bystander: bystander,
        code,
        draft,
        mustNotChange: [account, bystander],
        async verifyEffects() {
          await expectPassword(world, account, password);
          await expectKept(world, account);
          await bystanderBefore.unchanged();
        },
      };
    },
  };
}

/** The number with its area code, as the page demands it where such a code is sent. */
export function receiverOf({ mobile = "" }: Account): string {
  return canonical(mobile);
}

/** The member's request for a fresh password with this code. */
export async function requestOf(flow: PasswordFlow, world: World, account: Account, { code }: Code): Promise<Draft> {
  const draft = world.draft(flow.operation, { body: { verify_code: code, password: world.freshPassword() } });
  await flow.aim(world, draft, account);
  return draft;
}

/** Somebody else with a number, whom a refused request must leave alone as well. */
export async function strangerIn({ world, mustNotChange }: PasswordFixture): Promise<Account> {
  const stranger = await world.account();
  mustNotChange.push(stranger);
  return stranger;
}

/** Whose number it is, among those that the scene knows. */
export function ownerOf({ mustNotChange }: PasswordFixture, number: string): Account {
  const owner = mustNotChange.find(({ mobile = "" }) => canonical(mobile) === canonical(number));
  if (owner === undefined) throw new NotArranged("no account of this case has this number");
  return owner;
}

export function passwordOf({ body }: Draft): string {
  return String(body?.["password"]);
}

export function setPassword({ world, draft }: PasswordFixture, password: string): void {
  world.secrets.add("password", password);
  amend(draft, { body: { ...draft.body, password } });
}

/** The new password is good, and the old one is not any more. Says nothing where the target cannot tell. */
export async function expectPassword(world: World, { id, password: old }: Account, password: string): Promise<void> {
  const { target } = world;
  const matches = async (text: string) => ((await target.passwordMatches?.(id, text)) ? "good" : "not good");
  if (target.passwordMatches === undefined) return;
  const isNew = await matches(password);
  world.expect(isNew === "good", "the new password", "good", isNew);
  if (old === undefined) return;
  const isOld = await matches(old);
  world.expect(isOld !== "good", "the old password", "not good", isOld);
}

/** Sends the request with this password instead of its own; it must succeed. */
export async function isAccepted(fixture: PasswordFixture, password: string): Promise<void> {
  const { world, draft, account } = fixture;
  setPassword(fixture, password);
  if (expectSuccess(world, await world.send(draft))) await expectPassword(world, account, password);
}

/** Sends the request with this password instead of its own; it must be refused, and change nothing. */
export async function isRefused(
  fixture: PasswordFixture,
  password: string,
  check: string,
  params: Params = [],
): Promise<void> {
  setPassword(fixture, password);
  await leavesAlone(fixture, async ({ world, draft }) => {
    judgeRefusal(world, await world.send(draft, "en"), check, "en", { params });
  });
}
