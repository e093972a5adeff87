/** Cases about required fields and headers: each of them missing, empty, blank, or of another type. */

import { type Basis, inferred, UNIVERSAL } from "../spec/basis.ts";
import type { Case } from "../world/case.ts";
import { expectRefusal, expectSomeRefusal } from "../world/expect.ts";
import type { Draft } from "../world/world.ts";
import { caseOf, eachRenewed, type Fixture, type Scenario } from "./scenario.ts";

/** The draft with another value of the field, or without the field for undefined. */
export type FieldPlace = (draft: Draft, field: string, value: unknown) => Draft;

/** For each required field of the body, or of an object inside it: empty values, and values of a wrong type. */
export function fieldCases<S extends Fixture>(
  scenario: Scenario<S>,
  /** The check that refuses a missing field, by field. */
  missing: Readonly<Record<string, string>>,
  put: FieldPlace = withField,
): readonly Case[] {
  return Object.entries(missing).map(([field, check]) =>
    caseOf(
      scenario,
      {
        name: `${kebab(field)}-left-out`,
        title: `A missing or empty ${field} is refused as missing; a blank, null or wrong type is refused too`,
        category: "boundary",
      },
      async (fixture) => {
        const values = [...EMPTY_VALUES, ...WRONG_VALUES];
        await eachRenewed(scenario, fixture, values, async ({ world, draft }, value) => {
          if (EMPTY_VALUES.includes(value)) {
            expectRefusal(world, await world.send(put(draft, field, value), "en"), check, "en");
          } else {
            const reply = await world.send(put(draft, field, value));
            expectSomeRefusal(world, reply, `${field}: ${JSON.stringify(value)}`, basisOf(check, value));
          }
        });
      },
    ),
  );
}

/** As in case ids: `verify-code` for `verify_code` and for `verifyCode`. */
export function kebab(field: string): string {
  return field.replaceAll("_", "-").replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
}

/** A target may read a JSON number as text, and a blank as a value. A code of either kind is never the right one. */
function basisOf(check: string, value: unknown): Basis {
  const mayBeRead = check !== "code-missing" && (typeof value === "number" || value === " ");
  return mayBeRead ? inferred("No page says that a number or a blank is refused where a text is expected.") : UNIVERSAL;
}

const EMPTY_VALUES: readonly unknown[] = [undefined, ""];
const WRONG_VALUES: readonly unknown[] = [" ", null, 0, 15_201_657_312, true, [], ["x"], {}];

export function withField(draft: Draft, field: string, value: unknown): Draft {
  const { [field]: _, ...others } = draft.body ?? {};
  const body = value === undefined ? others : { ...others, [field]: value };
  return { ...draft, body, broken: `${field} is ${value === undefined ? "missing" : JSON.stringify(value)}` };
}

/** For each required header: missing and blank. */
export function headerCases<S extends Fixture>(
  scenario: Scenario<S>,
  missing: Readonly<Record<string, string>>,
): readonly Case[] {
  return Object.entries(missing).map(([header, check]) =>
    caseOf(
      scenario,
      {
        name: `${header.toLowerCase()}-left-out`,
        title: `A request with a missing or blank ${header} header is refused`,
        category: "boundary",
        basis: inferred("The pages mark the header as required. They do not say that its value is checked."),
      },
      (fixture) =>
        eachRenewed(scenario, fixture, [undefined, "", "  "], async ({ world, draft }, value) => {
          expectRefusal(world, await world.send(withHeader(draft, header, value), "en"), check, "en");
        }),
    ),
  );
}

/** The draft with another value of the header, whose name is matched without case; without it for undefined. */
export function withHeader(draft: Draft, header: string, value: string | undefined): Draft {
  const others = Object.entries(draft.headers).filter(([name]) => name.toLowerCase() !== header.toLowerCase());
  const headers = Object.fromEntries(value === undefined ? others : [...others, [header, value]]);
  return { ...draft, headers, broken: `${header} is ${value === undefined ? "missing" : `"${value}"`}` };
}
