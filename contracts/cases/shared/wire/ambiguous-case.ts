/** A request that names a second value for a field: each reading is allowed, but not a mixture of both. */

import { universal } from "../../../spec/basis.ts";
import type { Case } from "../../../world/case.ts";
import { expectRefused } from "../../../world/expect.ts";
import type { Draft, Reply } from "../../../world/world.ts";
import { caseOf, eachRenewed, type Fixture, type Scenario } from "../../scenario.ts";
import { sendOdd } from "./sending.ts";

interface Ambiguity<S extends Fixture> {
  readonly calls?: readonly string[];
  /** Other values of fields, for which the request must be refused. */
  rivals(fixture: S): Promise<Readonly<Record<string, string>>>;
  /** Records each missing effect of a success; by default those of the fixture. */
  verifyEffects?(fixture: S, reply: Reply): Promise<void>;
}

/** A success is one with the values of the valid request. */
export function ambiguousCase<S extends Fixture>(scenario: Scenario<S>, ambiguity: Ambiguity<S>): Case {
  const { calls = [], rivals, verifyEffects = (fixture, reply) => fixture.verifyEffects(reply) } = ambiguity;
  return caseOf(
    scenario,
    {
      name: "ambiguous-fields",
      title: "A second value for a field, in the query or in the same object, is not used without its checks",
      category: "security",
      // A constant code is right for every value.
      requires: ["unique-codes"],
      calls,
      basis: universal("What is checked is what is used."),
    },
    (fixture) =>
      eachRenewed(scenario, fixture, Object.entries(FORMS), async (one, [what, write]) => {
        const reply = await sendOdd(one.world, write(one.draft, await rivals(one)), what);
        if (reply === undefined) return;
        if (reply.succeeded) await verifyEffects(one, reply);
        else expectRefused(one.world, reply, what);
      }),
  );
}

type Write = (draft: Draft, rivals: Readonly<Record<string, string>>) => Draft;

const FORMS: Readonly<Record<string, Write>> = {
  "another value in the query": (draft, rivals) => ({ ...draft, query: rivals }),
  "another value before the valid one": (draft, rivals) => ({ ...draft, rawBody: joined(rivals, draft.body ?? {}) }),
  "another value after the valid one": (draft, rivals) => ({ ...draft, rawBody: joined(draft.body ?? {}, rivals) }),
};

/** One object with the fields of both. A field may occur twice. */
function joined(one: object, other: object): string {
  return `${JSON.stringify(one).slice(0, -1)},${JSON.stringify(other).slice(1)}`;
}
