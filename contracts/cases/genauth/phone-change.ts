/** A change of number with the token of a verification: the valid request, and its possible errors. */

import { OPEN_CODE, SIGNED_IN } from "../../target/requirements.ts";
import { expectSuccess } from "../../world/expect.ts";
import { canonical } from "../../world/receivers.ts";
import { type Account, type Draft, NotApplicable, NotArranged, type Reply, type World } from "../../world/world.ts";
import { amend, type RequestMutations, type Scenario } from "../scenario.ts";
import { expectOnlyChange } from "../shared/expect-receiver.ts";
import type { SignedInFixture } from "../shared/token-mutations.ts";
import { accessTokenMutations, appMutations, bear } from "./mutations.ts";
import { newCode, oldCode, statesChannels } from "./phones.ts";
import { requestOf, VERIFY } from "./verification.ts";

export const UPDATE = "genauthUpdatePhone";

export interface PhoneChangeFixture extends SignedInFixture {
  /** The number of the token. */
  readonly mobile: string;
  readonly token: UpdateToken;
}

export interface UpdateToken {
  readonly text: string;
  /** The lifetime in seconds, from the response. */
  readonly expiresIn: number;
}

export const phoneChange: Scenario<PhoneChangeFixture> = {
  operation: UPDATE,
  requires: [...SIGNED_IN, OPEN_CODE],
  calls: [VERIFY],
  singleUse: true,
  async arrange(world) {
    const [account, bystander] = [await world.account(), await world.account()];
    const mobile = await world.freshMobile();
    const token = await verified(world, account, mobile);
    const bystanderBefore = await world.remember(bystander);
    return {
      world,
      account,
      bystander,
      mobile,
      token,
      draft: await changeWith(world, account, token),
      mustNotChange: [account, bystander],
      async verifyEffects() {
        await expectOnlyChange(world, account, "mobile", mobile);
        await bystanderBefore.unchanged();
      },
    };
  },
};

/** A token for the account and this number. `has` is the number to prove, if the account has changed it. */
export async function verified(
  world: World,
  account: Account,
  mobile: string,
  has: string | undefined = account.mobile,
): Promise<UpdateToken> {
  const old = has === undefined ? undefined : await oldCode(world, { ...account, mobile: has });
  const reply = await world.send(await requestOf(world, account, await newCode(world, mobile), old));
  if (!reply.succeeded && !statesChannels(world))
    throw new NotApplicable("the target refuses codes from the assumed channels, and its policy states no channels");
  if (!expectSuccess(world, reply)) throw new NotArranged("the numbers could not be verified");
  return updateTokenIn(reply);
}

/** The schema check of the response has already reported a missing field. */
export function updateTokenIn({ json, operation }: Reply): UpdateToken {
  const { data } = (json ?? {}) as { data?: { updatePhoneToken?: unknown; tokenExpiresIn?: unknown } };
  const { updatePhoneToken: text, tokenExpiresIn: expiresIn } = data ?? {};
  if (typeof text !== "string" || typeof expiresIn !== "number")
    throw new NotArranged(`${operation} returned no token or no lifetime`);
  return { text, expiresIn };
}

/** The account's request with this token, which may belong to another account. */
export async function changeWith(world: World, account: Account, { text }: UpdateToken): Promise<Draft> {
  return world.draft(UPDATE, { body: { updatePhoneToken: text }, accessToken: await world.accessToken(account) });
}

const updateTokenMutations = {
  "update-token-missing": {
    title: "A request without an update token is refused",
    apply: ({ draft }) => amend(draft, { body: {}, broken: "updatePhoneToken is missing" }),
    retryable: true,
  },
  "update-token-unknown": {
    title: "An update token that was never issued is refused",
    apply: ({ world, draft, token }) => amend(draft, { body: { updatePhoneToken: madeUp(world, token) } }),
    retryable: true,
  },
  "update-token-foreign": {
    title: "An update token of another account is refused",
    async apply({ world, draft, bystander }) {
      const { text } = await verified(world, bystander, await world.freshMobile());
      amend(draft, { body: { updatePhoneToken: text } });
    },
    retryable: true,
  },
  "update-token-used": {
    title: "A used update token is refused and does not undo a later change",
    async apply({ world, draft, account, mobile }) {
      expectSuccess(world, await world.send(draft));
      const next = await verified(world, account, await world.freshMobile(), mobile);
      expectSuccess(world, await world.send(await changeWith(world, account, next)));
    },
  },
  "update-token-expired": {
    title: "An expired update token is refused",
    requires: ["clock"],
    alone: true,
    async apply({ world, draft, account, token }) {
      await world.advance(token.expiresIn + 1);
      // The access token may expire before the update token does.
      bear(draft, await world.accessToken(account));
    },
  },
} satisfies RequestMutations<PhoneChangeFixture>;

function madeUp({ random }: World, { text }: UpdateToken): string {
  return random.letters(Math.max(text.length, 16));
}

/** In the order of openapi.yaml. */
export const phoneChangeMutations = {
  ...appMutations,
  ...accessTokenMutations,
  ...updateTokenMutations,
  "mobile-taken": {
    title: "A number that another account took after the verification is refused",
    apply: async ({ world, mobile }) => {
      await takes(world, mobile);
    },
  },
} satisfies RequestMutations<PhoneChangeFixture>;

/** Creates another account with this number. */
export async function takes(world: World, mobile: string): Promise<Account> {
  const rival = await world.account({ mobile });
  if (canonical(rival.mobile ?? "") === canonical(mobile)) return rival;
  throw new NotApplicable("the target chooses the numbers of its accounts, so none can take this number");
}
