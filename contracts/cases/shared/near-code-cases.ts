/** Codes that resemble the right one: a loose comparison accepts them. */

import { inferred } from "../../spec/basis.ts";
import type { Case } from "../../world/case.ts";
import { expectRefused } from "../../world/expect.ts";
import type { Code, Draft } from "../../world/world.ts";
import { caseOf, type Fixture, type Scenario } from "../scenario.ts";
import { type CodeFixture, carrying, otherThan } from "./code-mutations.ts";
import { inBatches } from "./in-batches.ts";
import { withDigitsFrom } from "./odd-forms.ts";

/** One of the codes of a request. */
export interface CodePlace<S extends Fixture> {
  /** In front of the case ids; empty for the only code of a request. */
  readonly prefix: "" | "old-";
  of(fixture: S): Code;
  /** The request with another value for the code. */
  put(fixture: S, value: unknown): Draft;
}

export function nearCodeCases<S extends CodeFixture>(scenario: Scenario<S>): readonly Case[] {
  return nearCodeCasesAt(scenario, { prefix: "", of: ({ code }) => code, put: carrying });
}

export function nearCodeCasesAt<S extends Fixture>(scenario: Scenario<S>, place: CodePlace<S>): readonly Case[] {
  const noun = place.prefix === "" ? "code" : "code for the old number";
  return [
    caseOf(
      scenario,
      {
        name: `near-${place.prefix}codes`,
        title: `A value that only resembles the right ${noun} is refused`,
        category: "security",
        requires: ["unique-codes"],
      },
      (fixture) => areRefused(scenario, fixture, place, NEAR),
    ),
    caseOf(
      scenario,
      {
        name: `${place.prefix}code-in-another-form`,
        title: `The right ${noun} with blanks, in other digits, as a JSON number or in a list is refused`,
        category: "security",
        requires: ["unique-codes"],
        basis: inferred("No page says how a code is compared. The page shows it as a text of digits."),
      },
      (fixture) => areRefused(scenario, fixture, place, OTHER_FORMS),
    ),
  ];
}

type Change = (code: Code) => unknown;

/** Fewer wrong attempts than any sensible limit, so the right code is still valid. */
const TRIES_PER_FIXTURE = 4;

async function areRefused<S extends Fixture>(
  scenario: Scenario<S>,
  fixture: S,
  { of, put }: CodePlace<S>,
  values: readonly Change[],
): Promise<void> {
  await inBatches(scenario, fixture, { values, size: TRIES_PER_FIXTURE }, async (one, change) => {
    const code = of(one);
    const value = change(code);
    if (value === code.code || value === undefined) return undefined;
    const reply = await one.world.send(put(one, value));
    expectRefused(one.world, reply, `${JSON.stringify(value)} for the code ${code.code}`);
    return reply;
  });
}

/** Not the right code, however its blanks, digits and type are read. */
const NEAR: readonly Change[] = [
  ({ code }) => code.slice(0, Math.ceil(code.length / 2)),
  ({ code }) => code.slice(0, -1),
  ({ code }) => code.slice(1),
  ({ code }) => code.charAt(0),
  ({ code }) => `${code}0`,
  ({ code }) => `0${code}`,
  ({ code }) => code.replace(/^0+/, ""),
  ({ code }) => `${code}.0`,
  ({ code }) => `+${code}`,
  ({ code }) => hexadecimal(code),
  ({ code }) => [...code].reverse().join(""),
  () => "0",
  () => "%",
  ({ code }) => "_".repeat(code.length),
  () => "' OR '1'='1",
  (code) => `${otherThan(code)},${code.code}`,
  (code) => [otherThan(code), code.code],
  () => true,
  () => ({ $ne: null }),
  () => ({ $gt: "" }),
];

/** A lenient server may read these as the right code. */
const OTHER_FORMS: readonly Change[] = [
  ({ code }) => ` ${code} `,
  ({ code }) => `${code}\n`,
  ({ code }) => `${code}\0`,
  ({ code }) => `${code}\u200b`,
  ({ code }) => withDigitsFrom("０", code),
  ({ code }) => withDigitsFrom("٠", code),
  ({ code }) => (String(Number(code)) === code ? Number(code) : undefined),
  ({ code }) => [code],
];

function hexadecimal(code: string): string | undefined {
  return /^\d+$/.test(code) ? `0x${Number(code).toString(16)}` : undefined;
}
