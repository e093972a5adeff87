/** Body values that no sensible rule accepts: each is refused and changes nothing. */
import { inferred } from "../../spec/basis.ts";
import type { Case } from "../../world/case.ts";
import { expectRefusal, expectSomeRefusal } from "../../world/expect.ts";
import { kebab } from "../field-cases.ts";
import { caseOf, eachRenewed, type Fixture, type Scenario } from "../scenario.ts";

interface Malformed {
  readonly field: string;
  readonly check: string;
  readonly values: readonly string[];
}

const NO_RULE = inferred("No page prints the rule for a valid number or address.");

/** Each value in place of the valid one. */
export function malformedCase<S extends Fixture>(
  scenario: Scenario<S>,
  { field, check, values }: Malformed,
  title: string,
): Case {
  return caseOf(
    scenario,
    { name: `malformed-${kebab(field)}s`, title, category: "boundary", basis: NO_RULE },
    (fixture) =>
      eachRenewed(scenario, fixture, values, async ({ world, draft }, value) => {
        const reply = await world.send({ ...draft, body: { ...draft.body, [field]: value } }, "en");
        expectRefusal(world, reply, check, "en");
      }),
  );
}

/**
 * For each field, the valid value followed by this tail. A target that truncates would accept it. The documents do not
 * say which refusal is right.
 */
export function veryLongCase<S extends Fixture>(scenario: Scenario<S>, tails: Readonly<Record<string, string>>): Case {
  const title = "A valid value followed by ten thousand more characters is refused";
  return caseOf(scenario, { name: "very-long-values", title, category: "boundary" }, (fixture) =>
    eachRenewed(scenario, fixture, Object.entries(tails), async ({ world, draft }, [field, tail]) => {
      const value = `${draft.body?.[field]}${tail}`;
      const reply = await world.send({ ...draft, body: { ...draft.body, [field]: value } });
      expectSomeRefusal(world, reply, `a very long ${field}`);
    }),
  );
}
