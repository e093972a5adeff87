/** Errors in a verification code, for any operation that takes one. */

import { inferred } from "../../spec/basis.ts";
import { CODE, expiringCode, type Requirement, secondCode } from "../../target/requirements.ts";
import { expectRefusal } from "../../world/expect.ts";
import { type Code, type Draft, NotApplicable } from "../../world/world.ts";
import { amend, type Fixture, type RequestMutation } from "../scenario.ts";

export interface CodeFixture extends Fixture {
  /** The valid code of the request. */
  readonly code: Code;
  /** The request with another code, or without one; by default in the field `verify_code`. */
  readonly withCode?: (draft: Draft, code: unknown) => Draft;
}

/** The request of the fixture with another code, or without one. */
export function carrying({ draft, withCode = withVerifyCode }: CodeFixture, code: unknown): Draft {
  return withCode(draft, code);
}

function withVerifyCode(draft: Draft, code: unknown): Draft {
  const { verify_code: _, ...others } = draft.body ?? {};
  if (code === undefined) return { ...draft, body: others, broken: "verify_code is missing" };
  const body = { ...others, verify_code: code };
  return typeof code === "string" ? { ...draft, body } : { ...draft, body, broken: "verify_code is not a text" };
}

/** For a case that sends the right code again after a refusal. */
export const REFUSAL_KEEPS_CODE = inferred(
  "No page says whether a refused request uses up the right code that it shows.",
);

/** The limit of wrong attempts in one case; no sensible policy allows more. */
export const MOST_TRIES = 100;

export interface CodeSpending<S extends CodeFixture> {
  /** Uses the code, and makes sure that a second use can fail for this reason only. */
  useUp(fixture: S): Promise<void>;
  /** The requirement for a code. */
  readonly requirement?: Requirement;
}

export function codeMutations<S extends CodeFixture>({ useUp, requirement = CODE }: CodeSpending<S>) {
  return {
    "code-missing": {
      title: "A request without a code is refused",
      apply: (fixture) => amend(fixture.draft, carrying(fixture, undefined)),
      retryable: true,
    },
    "code-wrong": {
      title: "A wrong code is refused",
      apply: (fixture) => amend(fixture.draft, carrying(fixture, otherThan(fixture.code))),
    },
    "code-superseded": {
      title: "A code is refused after a newer code was sent",
      requires: secondCode(requirement),
      alone: true,
      async apply({ world, code }) {
        if (!world.figure("code_supersedes")) throw new NotApplicable("the target's policy keeps older codes valid");
        await world.anotherCode(code);
      },
    },
    "code-used": {
      title: "A used code is refused",
      requires: ["unique-codes"],
      apply: useUp,
    },
    "code-expired": {
      title: "An expired code is refused",
      requires: [...expiringCode(requirement), "unique-codes"],
      alone: true,
      async apply(fixture) {
        const expired = await fixture.world.expiredCode(fixture.code);
        amend(fixture.draft, carrying(fixture, expired.code));
      },
    },
    "code-exhausted": {
      title: "After too many wrong attempts, the right code is refused too",
      requires: ["unique-codes"],
      async apply(fixture) {
        const { world, code } = fixture;
        const limit = world.figure("code_max_attempts");
        if (limit > MOST_TRIES)
          throw new NotApplicable(`the limit of ${limit} wrong attempts is more than the suite makes`);
        const wrong = carrying(fixture, otherThan(code));
        for (let tries = 0; tries < limit; tries++)
          expectRefusal(world, await world.send(wrong, "en"), "code-wrong", "en");
      },
    },
  } satisfies Readonly<Record<string, RequestMutation<S>>>;
}

/** A code of the same kind with another last character. */
export function otherThan({ code }: Code): string {
  const last = code.at(-1) ?? "";
  return `${code.slice(0, -1)}${last === "7" ? "3" : "7"}`;
}
