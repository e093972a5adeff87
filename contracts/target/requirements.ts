/**
 * The capabilities that a case requires. "|" joins alternatives and "+" joins capabilities within one alternative, such
 * as "codes|messages+captcha-answer".
 */
import type { Capability } from "./target.ts";

export type Requirement = string;

/** A signed-in account. */
export const SIGNED_IN: readonly Requirement[] = ["accounts", "tokens"];
/** A captcha pass token. */
export const CAPTCHA_PASS: Requirement = "captcha-tokens|captcha-answer";
/** A verification code for a receiver and a scene. */
export const CODE: Requirement = "codes|messages+captcha-tokens|messages+captcha-answer";
/** A verification code that the API itself sends. */
export const SENT_CODE: readonly Requirement[] = ["messages", CAPTCHA_PASS];
/** The same, for an operation without a captcha. */
export const OPEN_CODE: Requirement = "codes|messages";
/** Two different codes in a row for one receiver and scene. */
export const secondCode = (code: Requirement = CODE): readonly Requirement[] => [
  code,
  "codes|clock|policy",
  "unique-codes",
];
/** A code that was valid and has expired. */
export const expiringCode = (code: Requirement = CODE): readonly Requirement[] => [code, "codes|clock"];

/**
 * The missing capabilities: for each requirement, the smallest additions that satisfy it. Empty if the case can run.
 */
export function missingOf(requirements: readonly Requirement[], offered: ReadonlySet<Capability>): readonly string[] {
  const missing = requirements
    .map((requirement) => smallestAdditions(requirement, offered))
    .filter((addition) => addition !== "");
  return [...new Set(missing)];
}

function smallestAdditions(requirement: Requirement, offered: ReadonlySet<Capability>): string {
  const additions = requirement
    .split("|")
    .map((way) => way.split("+").filter((name) => !offered.has(name as Capability)));
  const fewest = Math.min(...additions.map((names) => names.length));
  return [...new Set(additions.filter((names) => names.length === fewest).map((names) => names.join("+")))].join("|");
}
