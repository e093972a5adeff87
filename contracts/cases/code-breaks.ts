/** What can be wrong with a verification code, whatever it is for. */
import { judgeRefusal } from "../judge.ts";
import { EXPIRED_CODE, SECOND_CODE } from "../needs.ts";
import { type Break, change, type Scene } from "../scenario.ts";
import type { Code } from "../world.ts";
import { NotApplicable } from "../world.ts";

export interface CodeScene extends Scene {
  /** The good code that the request carries as `verify_code`. */
  readonly code: Code;
}

/** More wrong tries than this are not made; no sensible limit is higher. */
export const MOST_TRIES = 100;

export interface CodeUse<S extends CodeScene> {
  /** Uses the code up, and sees to it that another use fails for no other reason. */
  useUp(scene: S): Promise<void>;
}

export function codeBreaks<S extends CodeScene>({ useUp }: CodeUse<S>) {
  return {
    "code-missing": {
      title: "Without a code the request is refused",
      apply({ draft }) {
        const { verify_code: _, ...body } = draft.body ?? {};
        change(draft, { body, broken: "verify_code is missing" });
      },
      harmless: true,
    },
    "code-wrong": {
      title: "Another code than the one that was sent is refused",
      apply: ({ draft, code }) => change(draft, { body: { ...draft.body, verify_code: otherThan(code) } }),
    },
    "code-superseded": {
      title: "A newer code takes the place of the one before",
      needs: SECOND_CODE,
      alone: true,
      async apply({ world, code }) {
        if (!world.figure("code_supersedes"))
          throw new NotApplicable("by its policy, a newer code leaves older ones good");
        await world.anotherCode(code);
      },
    },
    "code-used": {
      title: "A code works once",
      needs: ["unique-codes"],
      apply: useUp,
    },
    "code-expired": {
      title: "A code does not work for ever",
      needs: [...EXPIRED_CODE, "unique-codes"],
      alone: true,
      async apply({ world, draft, code: { to, scene } }) {
        const expired = await world.expiredCode({ to, scene });
        change(draft, { body: { ...draft.body, verify_code: expired.code } });
      },
    },
    "code-exhausted": {
      title: "After too many wrong tries the right code is refused too",
      needs: ["unique-codes"],
      async apply({ world, draft, code }) {
        const limit = world.figure("code_max_attempts");
        if (limit > MOST_TRIES)
          throw new NotApplicable(`its limit of ${limit} wrong tries is more than the suite makes`);
        const wrong = { ...draft, body: { ...draft.body, verify_code: otherThan(code) } };
        for (let tries = 0; tries < limit; tries++)
          judgeRefusal(world, await world.send(wrong, "en"), "code-wrong", "en");
      },
    },
  } satisfies Readonly<Record<string, Break<S>>>;
}

/** A code of the same kind that differs in its last character. */
export function otherThan({ code }: Code): string {
  const last = code.at(-1) ?? "";
  return `${code.slice(0, -1)}${last === "7" ? "3" : "7"}`;
}
