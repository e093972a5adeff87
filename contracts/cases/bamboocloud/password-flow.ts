/**
 * The common part of updatePasswordByMobile and resetPasswordByMobile: an account gets a new password with a code sent
 * to its number. A `PasswordFlow` names the differences.
 */

import type { Requirement } from "../../target/requirements.ts";
import { expectRefusal, expectSuccess } from "../../world/expect.ts";
import type { Params } from "../../world/expect-text.ts";
import { canonical } from "../../world/receivers.ts";
import { type Account, type Code, type Draft, NotArranged, type World } from "../../world/world.ts";
import { amend, leavesAlone, type Scenario } from "../scenario.ts";
import type { CodeFixture } from "../shared/code-mutations.ts";
import { expectKept } from "../shared/expect-receiver.ts";
import { word } from "./made-passwords.ts";

export interface PasswordFlow {
  readonly operation: "updatePasswordByMobile" | "resetPasswordByMobile";
  readonly requires: readonly Requirement[];
  /** The scene of its codes, and the scene of the other operation. */
  readonly scene: string;
  readonly otherScene: string;
  /** Addresses the request to this account. */
  aim(world: World, draft: Draft, account: Account): Promise<void> | void;
  /** The same request with the number in other forms, if it has one. */
  readonly otherForms?: (fixture: PasswordFixture) => readonly Draft[];
}

export interface PasswordFixture extends CodeFixture {
  /** The account that gets the new password. */
  readonly account: Account;
  /** Another account, which must not change. */
  readonly bystander: Account;
  readonly mustNotChange: Account[];
}

export type AccountSeed = NonNullable<Parameters<World["account"]>[0]>;

/** A valid request of an account created from this seed. */
export function passwordScenario(
  flow: PasswordFlow,
  seedOf: (world: World) => Promise<AccountSeed> | AccountSeed = () => ({}),
): Scenario<PasswordFixture> {
  return {
    operation: flow.operation,
    requires: flow.requires,
    singleUse: true,
    async arrange(world) {
      const account = await world.account({ username: word(world.random), ...(await seedOf(world)) });
      const bystander = await world.account();
      const code = await world.code({ to: receiverOf(account), scene: flow.scene });
      const draft = await requestOf(flow, world, account, code);
      const password = passwordOf(draft);
      const bystanderBefore = await world.remember(bystander);
      return {
        world,
        account,
        bystander,
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

/** The number as the target writes it. A message for UPDATE_PWD_SMS adds the area code. */
export function receiverOf({ mobile = "" }: Account): string {
  return mobile;
}

/** The account's request for a new password with this code. */
export async function requestOf(flow: PasswordFlow, world: World, account: Account, { code }: Code): Promise<Draft> {
  const draft = world.draft(flow.operation, { body: { verify_code: code, password: world.freshPassword() } });
  await flow.aim(world, draft, account);
  return draft;
}

/** Creates another account with a number, which a refused request must not change either. */
export async function strangerIn({ world, mustNotChange }: PasswordFixture): Promise<Account> {
  const stranger = await world.account();
  mustNotChange.push(stranger);
  return stranger;
}

/** The account of the case that has this number. */
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

/** Expects that the new password matches and the old one does not. Skipped if the target has no password check. */
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

/** Sends the request with this password, and expects success. */
export async function isAccepted(fixture: PasswordFixture, password: string): Promise<void> {
  const { world, draft, account } = fixture;
  setPassword(fixture, password);
  if (expectSuccess(world, await world.send(draft))) await expectPassword(world, account, password);
}

/** Sends the request with this password, and expects a refusal that changes nothing. */
export async function isRefused(
  fixture: PasswordFixture,
  password: string,
  check: string,
  params: Params = [],
): Promise<void> {
  setPassword(fixture, password);
  await leavesAlone(fixture, async ({ world, draft }) => {
    expectRefusal(world, await world.send(draft, "en"), check, "en", { params });
  });
}
