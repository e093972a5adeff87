/** Errors in any GenAuth request: its application, and its access token. */

import type { Draft } from "../../world/world.ts";
import { withHeader } from "../field-cases.ts";
import { amend, type Fixture, type RequestMutations } from "../scenario.ts";
import type { SignedInFixture } from "../shared/token-mutations.ts";

/** One of the two headers that name the application; the other one has its own case. */
export const APP_ID = "x-authing-app-id";

export const appMutations = {
  "client-missing": {
    title: "A request without an app id is refused",
    apply: ({ draft }) => amend(draft, withHeader(draft, APP_ID, undefined)),
    retryable: true,
  },
  "client-unknown": {
    title: "A request with an unregistered app id is refused",
    apply({ world, draft }) {
      draft.headers[APP_ID] = world.random.letters(24);
    },
    retryable: true,
  },
} satisfies RequestMutations<Fixture>;

export const accessTokenMutations = {
  "access-token-missing": {
    title: "A request without an access token is refused",
    apply: ({ draft }) => amend(draft, withHeader(draft, "Authorization", undefined)),
    retryable: true,
  },
  "access-token-invalid": {
    title: "An access token that was never issued is refused",
    apply: ({ world, draft }) => bear(draft, world.random.letters(60)),
    retryable: true,
  },
  "access-token-expired": {
    title: "An expired access token is refused",
    // Of another account, because a target may allow one token for each account.
    async apply({ world, draft, bystander }) {
      bear(draft, await world.accessToken(bystander, { expiresIn: 0 }));
    },
    retryable: true,
  },
  "account-gone": {
    title: "The access token of a deleted account is refused",
    requires: ["account-deletion"],
    async apply({ world, draft }) {
      const deleted = await world.account();
      bear(draft, await world.accessToken(deleted));
      await world.target.deleteAccount?.(deleted.id);
    },
    retryable: true,
  },
} satisfies RequestMutations<SignedInFixture>;

export function bear(draft: Draft, accessToken: string): void {
  draft.headers["Authorization"] = accessToken;
}
