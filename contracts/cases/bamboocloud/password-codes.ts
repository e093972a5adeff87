/** Errors in the code of a password change that need another set-up than in other operations. */

import { expiringCode } from "../../target/requirements.ts";
import { expectSuccess } from "../../world/expect.ts";
import type { Code } from "../../world/world.ts";
import { amend, type RequestMutation } from "../scenario.ts";
import { otherThan } from "../shared/code-mutations.ts";
import {
  type PasswordFixture,
  type PasswordFlow,
  passwordOf,
  receiverOf,
  requestOf,
  setPassword,
  strangerIn,
} from "./password-flow.ts";

export function codeUnknown(flow: PasswordFlow): RequestMutation<PasswordFixture> {
  return {
    title: "A receiver without any code is refused",
    async apply(fixture) {
      const { world, draft, code } = fixture;
      amend(draft, await requestOf(flow, world, await strangerIn(fixture), { ...code, code: otherThan(code) }));
    },
    retryable: true,
  };
}

/** Sent to another account, because not every target sends a second code so soon. */
export function expiredCode(flow: PasswordFlow): RequestMutation<PasswordFixture> {
  return {
    title: "An expired code is refused",
    requires: [...expiringCode(), "unique-codes"],
    alone: true,
    async apply(fixture) {
      const { world, draft } = fixture;
      const stranger = await strangerIn(fixture);
      const expired = await world.expiredCode({ to: receiverOf(stranger), scene: flow.scene });
      amend(draft, await requestOf(flow, world, stranger, expired));
    },
  };
}

/** Replaces the code of the fixture, unless another mutation has already replaced it. */
export function useCode({ draft, code: own }: PasswordFixture, { code }: Code): void {
  if (draft.body?.["verify_code"] === own.code) amend(draft, { body: { ...draft.body, verify_code: code } });
}

/** Uses the code, then sets a password that was never used. The sessions of the account may have ended. */
export function useUp({ aim }: PasswordFlow): (fixture: PasswordFixture) => Promise<void> {
  return async (fixture) => {
    const { world, draft, account, mustNotChange } = fixture;
    expectSuccess(world, await world.send(draft));
    mustNotChange.splice(mustNotChange.indexOf(account), 1, { ...account, password: passwordOf(draft) });
    setPassword(fixture, world.freshPassword());
    await aim(world, draft, account);
  };
}
