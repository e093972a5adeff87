/**
 * A verification: exchanges the codes of the new and the old number for a token that changes the number. The valid
 * request, and its possible errors.
 */

import { OPEN_CODE, SIGNED_IN } from "../../target/requirements.ts";
import { expectSuccess } from "../../world/expect.ts";
import { type Account, type Code, type Draft, NotApplicable, type World } from "../../world/world.ts";
import { amend, type RequestMutations, type Scenario } from "../scenario.ts";
import { type CodeFixture, codeMutations, otherThan } from "../shared/code-mutations.ts";
import { expectOnlyChange } from "../shared/expect-receiver.ts";
import type { SignedInFixture } from "../shared/token-mutations.ts";
import { accessTokenMutations, appMutations, bear } from "./mutations.ts";
import { newNumber, oldNumber, proofOf, WITHOUT_OLD_NUMBER, withPassCode, withPayload } from "./payload.ts";
import { newChannel, newCode, oldChannel, oldCode, relyOnChannels, statesChannels } from "./phones.ts";

export const VERIFY = "genauthVerifyUpdatePhoneRequest";

/** `code` is the code of the new number. */
export interface VerificationFixture extends SignedInFixture, CodeFixture {
  /** The valid code of the old number. */
  readonly old: Code;
}

export const verification: Scenario<VerificationFixture> = {
  operation: VERIFY,
  requires: [...SIGNED_IN, OPEN_CODE],
  singleUse: true,
  async arrange(world) {
    await tryAssumedChannels(world);
    const [account, bystander] = [await world.account(), await world.account()];
    const code = await newCode(world, await world.freshMobile());
    const old = await oldCode(world, account);
    const bystanderBefore = await world.remember(bystander);
    return {
      world,
      account,
      bystander,
      code,
      old,
      withCode: (draft, code) => withPassCode(draft, "newPhonePassCode", code),
      draft: await requestOf(world, account, code, old),
      mustNotChange: [account, bystander],
      // A verification only returns a token; another request changes the number.
      async verifyEffects() {
        await expectOnlyChange(world, account, "mobile", account.mobile ?? "none");
        await bystanderBefore.unchanged();
      },
    };
  },
};

/** For a target that requires the proof. */
export const demanding: Scenario<VerificationFixture> = {
  ...verification,
  async arrange(world) {
    demandOldNumber(world);
    return verification.arrange(world);
  },
};

/** The account's request for the number of the code. */
export async function requestOf(world: World, account: Account, code: Code, old: Code | undefined): Promise<Draft> {
  return world.draft(VERIFY, { body: proofOf(code, old), accessToken: await world.accessToken(account) });
}

/** The same for a new account, with a valid code for its old number. */
export async function requestOfNewAccount(world: World, code: Code): Promise<Draft> {
  const account = await world.account();
  return requestOf(world, account, code, await oldCode(world, account));
}

/**
 * A target that states no channels may accept the assumed ones. Tries them first, so that a later refusal can be blamed
 * on the target or on the assumption.
 */
async function tryAssumedChannels(world: World): Promise<void> {
  if (statesChannels(world)) return;
  const code = await newCode(world, await world.freshMobile());
  const tried = await world.send(await requestOfNewAccount(world, code));
  if (!tried.succeeded) relyOnChannels(world);
}

/** For cases that apply only if the old number must be proven. */
function demandOldNumber(world: World): void {
  if (!world.figure("genauth_require_old_phone"))
    throw new NotApplicable("the target's policy does not require proof of the old number");
}

const {
  "code-missing": codeMissing,
  "code-expired": codeExpired,
  ...otherCodeMutations
} = codeMutations<VerificationFixture>({
  requirement: OPEN_CODE,
  // By another account, so that the code of the old number stays valid.
  async useUp({ world, bystander, code }) {
    expectSuccess(world, await world.send(await requestOf(world, bystander, code, await oldCode(world, bystander))));
  },
});

const formMutations = {
  "verify-method-unknown": {
    title: "A request with an undocumented verifyMethod is refused",
    apply: ({ draft }) =>
      amend(draft, {
        body: { ...draft.body, verifyMethod: "EMAIL_PASSCODE" },
        broken: "verifyMethod is EMAIL_PASSCODE",
      }),
    retryable: true,
  },
  "new-mobile-missing": {
    title: "A request without a new number is refused",
    apply: ({ draft }) => amend(draft, withPayload(draft, { newPhoneNumber: undefined })),
    retryable: true,
  },
  "code-missing": codeMissing,
  "mobile-malformed": {
    title: "A request with a malformed new number is refused",
    apply: ({ draft }) => amend(draft, withPayload(draft, { newPhoneNumber: "12345" })),
    retryable: true,
  },
} satisfies RequestMutations<VerificationFixture>;

const numberMutations = {
  "old-mobile-missing": {
    title: "A request without the old number is refused if the policy requires it",
    apply({ world, draft }) {
      demandOldNumber(world);
      amend(draft, withPayload(draft, WITHOUT_OLD_NUMBER));
    },
    retryable: true,
  },
  "mobile-own": {
    title: "A change to the account's own current number is refused",
    async apply({ world, draft, account, old }) {
      // One channel may serve both purposes. Then the code for the old number is one for the new number too.
      const isOne = newChannel(world) === oldChannel(world);
      amend(draft, withPayload(draft, newNumber(isOne ? old : await newCode(world, account.mobile ?? ""))));
    },
    retryable: true,
  },
  "mobile-taken": {
    title: "A change to the number of another account is refused",
    async apply({ world, draft, bystander }) {
      amend(draft, withPayload(draft, newNumber(await newCode(world, bystander.mobile ?? ""))));
    },
    retryable: true,
  },
  "old-mobile-mismatch": {
    title: "An old number that is not the account's is refused, even with a valid code",
    async apply({ world, draft, bystander }) {
      demandOldNumber(world);
      amend(draft, withPayload(draft, oldNumber(await oldCode(world, bystander))));
    },
    retryable: true,
  },
} satisfies RequestMutations<VerificationFixture>;

const newCodeMutations = {
  "code-unknown": {
    title: "A new number that never received a code is refused",
    // Made up, because a constant code would be valid for every number.
    async apply({ world, draft, code }) {
      const made = { ...code, to: await world.freshMobile(), code: otherThan(code) };
      amend(draft, withPayload(draft, newNumber(made)));
    },
    retryable: true,
  },
  ...otherCodeMutations,
  "code-expired": {
    ...codeExpired,
    async apply(fixture) {
      await codeExpired.apply(fixture);
      // If the clock moved, the other code and the token have expired too.
      if (fixture.world.target.plantCode === undefined) await renewOldProof(fixture);
    },
  },
} satisfies RequestMutations<VerificationFixture>;

async function renewOldProof({ world, draft, account }: VerificationFixture): Promise<void> {
  amend(draft, withPayload(draft, oldNumber(await oldCode(world, account))));
  bear(draft, await world.accessToken(account));
}

const oldCodeMutations = {
  "old-code-wrong": {
    title: "A wrong code for the old number is refused",
    apply({ world, draft, old }) {
      demandOldNumber(world);
      amend(draft, withPayload(draft, { oldPhonePassCode: otherThan(old) }));
    },
  },
  "old-code-expired": {
    title: "An expired code for the old number is refused",
    requires: ["codes|clock", "unique-codes"],
    alone: true,
    async apply({ world, draft, account, code, old }) {
      demandOldNumber(world);
      const expired = await world.expiredCode(old);
      amend(draft, withPayload(draft, oldNumber(expired)));
      if (world.target.plantCode !== undefined) return;
      amend(draft, withPayload(draft, newNumber(await newCode(world, code.to))));
      bear(draft, await world.accessToken(account));
    },
  },
} satisfies RequestMutations<VerificationFixture>;

/** In the order of openapi.yaml. */
export const verificationMutations = {
  ...appMutations,
  ...accessTokenMutations,
  ...formMutations,
  ...numberMutations,
  ...newCodeMutations,
  ...oldCodeMutations,
} satisfies RequestMutations<VerificationFixture>;
