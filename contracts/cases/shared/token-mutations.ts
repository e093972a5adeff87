/** Errors in the id_token of a signed-in Bamboocloud request. */

import type { Account, Draft } from "../../world/world.ts";
import { withHeader } from "../field-cases.ts";
import { amend, type Fixture, type RequestMutations } from "../scenario.ts";

export interface SignedInFixture extends Fixture {
  /** The account of the token. */
  readonly account: Account;
  /** Another account, which must not change. */
  readonly bystander: Account;
}

export const tokenMutations = {
  "id-token-missing": {
    title: "A request without an id_token is refused",
    apply: ({ draft }) => amend(draft, withHeader(draft, "Authorization", undefined)),
    retryable: true,
  },
  "id-token-invalid": {
    title: "An id_token that was never issued is refused",
    apply: ({ world, draft }) =>
      bear(draft, `${world.random.letters(40)}.${world.random.letters(60)}.${world.random.letters(40)}`),
    retryable: true,
  },
  "id-token-expired": {
    title: "An expired id_token is refused",
    // Of another account, because a target may allow one token for each account.
    async apply({ world, draft, bystander }) {
      bear(draft, await world.idToken(bystander, { expiresIn: 0 }));
    },
    retryable: true,
  },
  "account-gone": {
    title: "The id_token of a deleted account is refused",
    requires: ["account-deletion"],
    async apply({ world, draft }) {
      const deleted = await world.account();
      bear(draft, await world.idToken(deleted));
      await world.target.deleteAccount?.(deleted.id);
    },
    retryable: true,
  },
} satisfies RequestMutations<SignedInFixture>;

export function bear(draft: Draft, idToken: string): void {
  draft.headers["Authorization"] = `Bearer ${idToken}`;
}
