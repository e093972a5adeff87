/**
 * The common part of updateMobile and updateEmail: the signed-in account gets the number or address that received the
 * code. A `ContactChange` names the differences.
 */

import { CODE, SIGNED_IN } from "../../target/requirements.ts";
import { expectSuccess } from "../../world/expect.ts";
import type { Account, Code, Draft, World } from "../../world/world.ts";
import { amend as changeDraft, type RequestMutations, type Scenario } from "../scenario.ts";
import { type CodeFixture, codeMutations, otherThan } from "../shared/code-mutations.ts";
import { expectOnlyChange } from "../shared/expect-receiver.ts";
import { bear, type SignedInFixture, tokenMutations } from "../shared/token-mutations.ts";
import { headerMutations } from "./header-mutations.ts";
import type { Forms } from "./receiver-forms.ts";

export interface ContactChange {
  readonly operation: "updateMobile" | "updateEmail";
  /** The field of the request and of the account. */
  readonly field: "mobile" | "email";
  readonly noun: "number" | "address";
  readonly scene: string;
  /** Another scene that accepts any receiver. */
  readonly otherScene: string;
  /** The operation that sends the code. */
  readonly sending: "sendSms" | "sendEmail";
  /** The names of the checks on the new number or address. */
  readonly checks: Readonly<Record<"missing" | "malformed" | "unknown" | "own" | "taken", string>>;
  /** Values that are clearly malformed. */
  readonly malformed: readonly string[];
  /** A number or address that no account has. */
  fresh(world: World): Promise<string>;
  formsOf(receiver: string): Forms;
}

export interface ContactChangeFixture extends SignedInFixture, CodeFixture {}

export function contactChangeScenario(change: ContactChange): Scenario<ContactChangeFixture> {
  return {
    operation: change.operation,
    requires: [...SIGNED_IN, CODE],
    singleUse: true,
    async arrange(world) {
      const [account, bystander] = [await world.account(), await world.account()];
      const code = await world.code({ to: await change.fresh(world), scene: change.scene });
      const bystanderBefore = await world.remember(bystander);
      return {
        world,
        account,
        bystander,
        code,
        draft: await requestOf(change, world, account, code),
        mustNotChange: [account, bystander],
        async verifyEffects() {
          await expectOnlyChange(world, account, change.field, code.to);
          await bystanderBefore.unchanged();
        },
      };
    },
  };
}

/** The account's request for the number or address of the code. */
export async function requestOf(change: ContactChange, world: World, account: Account, code: Code): Promise<Draft> {
  return world.draft(change.operation, { body: bodyOf(change, code), idToken: await world.idToken(account) });
}

/** The body for the number or address of the code, in the form `written`. */
export function bodyOf({ field }: ContactChange, { to, code }: Code, written = to): Record<string, unknown> {
  return { [field]: written, verify_code: code };
}

export function contactChangeMutations(change: ContactChange): RequestMutations<ContactChangeFixture> {
  const { field, noun, checks } = change;
  const {
    "code-missing": codeMissing,
    "code-expired": codeExpired,
    ...otherCodeMutations
  } = codeMutations<ContactChangeFixture>({ useUp: (fixture) => useUp(change, fixture) });
  return {
    ...headerMutations,
    ...tokenMutations,
    "code-missing": codeMissing,
    [checks.missing]: {
      title: `A request without a new ${noun} is refused`,
      apply({ draft }) {
        const { [field]: _, ...body } = draft.body ?? {};
        changeDraft(draft, { body, broken: `${field} is missing` });
      },
      retryable: true,
    },
    [checks.malformed]: {
      title: `A request with a malformed new ${noun} is refused`,
      apply: ({ draft }) => changeDraft(draft, { body: { ...draft.body, [field]: change.malformed[0] } }),
      retryable: true,
    },
    [checks.unknown]: {
      title: `A new ${noun} that never received a code is refused`,
      // Made up, because a constant code would be valid for every receiver.
      async apply({ world, draft, code }) {
        changeDraft(draft, { body: { [field]: await change.fresh(world), verify_code: otherThan(code) } });
      },
      retryable: true,
    },
    ...otherCodeMutations,
    "code-expired": {
      ...codeExpired,
      // The id_token may expire before the code does.
      async apply(fixture) {
        await codeExpired.apply(fixture);
        bear(fixture.draft, await fixture.world.idToken(fixture.account));
      },
    },
    [checks.own]: {
      title: `A change to the account's own current ${noun} is refused`,
      apply: (fixture) => take(change, fixture, fixture.account),
    },
    [checks.taken]: {
      title: `A change to the ${noun} of another account is refused`,
      apply: (fixture) => take(change, fixture, fixture.bystander),
      retryable: true,
    },
  };
}

/** Requests the receiver of `owner`, with a valid code. */
async function take(change: ContactChange, { world, draft }: ContactChangeFixture, owner: Account): Promise<void> {
  const code = await world.code({ to: owner[change.field] ?? "", scene: change.scene });
  changeDraft(draft, { body: bodyOf(change, code) });
}

/**
 * Uses the code, then changes to another receiver, so that the first one is free again. Each request has a new token,
 * because a change may end the earlier ones.
 */
async function useUp(change: ContactChange, { world, draft, account }: ContactChangeFixture): Promise<void> {
  expectSuccess(world, await world.send(draft));
  const next = await world.code({ to: await change.fresh(world), scene: change.scene });
  expectSuccess(world, await world.send(await requestOf(change, world, account, next)));
  bear(draft, await world.idToken(account));
}
