/** Which violations have the same cause: the key of a violation, and why others have the same. */
import type { Likeness, ReportedCase, Violation } from "../report.ts";
import { type Difference, differenceIn } from "./difference.ts";
import { nameOf } from "./grouping.ts";
import { withoutVariables } from "./without-variables.ts";

export interface Occurrence {
  readonly case: ReportedCase;
  readonly violation: Violation;
  /** How many further violations of the case have the same cause. */
  readonly further: number;
}

/** The response to the valid request of each operation that refuses it, without what differs between requests. */
export type Refused = ReadonlyMap<string, string>;

export function refusedOperations(cases: readonly ReportedCase[]): Refused {
  const refused = new Map<string, string>();
  for (const { operation, axis, check, violations } of cases) {
    const [found] = violations.filter(({ what }) => what === `valid ${operation} request`);
    if (axis === "success" && check === null && found !== undefined)
      refused.set(operation, withoutVariables(found.got));
  }
  return refused;
}

/** A wrong character may be in the texts of both languages. */
const ANY_TEXT = "text of a refusal";

/** What the violations of a cause are about. */
export function subjectOf(likeness: Likeness, all: readonly Occurrence[]): string {
  const [name = "", ...others] = new Set(all.map(({ violation }) => violation.what));
  if (others.length === 0) return name;
  const operations = new Set(all.map((one) => one.case.operation));
  if (likeness === "refused") return operations.size === 1 ? name : `valid requests of ${operations.size} operations`;
  const [kind = "", ...kinds] = new Set([name, ...others].map(withoutDetail));
  return kinds.length === 0 ? kind : ANY_TEXT;
}

/** Violations with the same key have the same cause. */
export function keyOf({ case: about, violation }: Occurrence, refused: Refused): readonly [Likeness, ...string[]] {
  const { what, expected, got, strength } = violation;
  const response = refusalLike(violation, about.operation, refused);
  if (response !== undefined) return ["refused", response];
  const kind = withoutDetail(what);
  const difference = differenceIn(violation);
  if (difference !== undefined && isSystematic(difference))
    return ["characters", kind.startsWith("text in ") ? ANY_TEXT : kind, strength, difference.expected, difference.got];
  if (isInAnotherLanguage(violation)) return ["language", kind, strength];
  const checked = kind === RESPONSE ? responseIn(about, violation) : withoutCount(what);
  return ["same", checked, strength, expected, withoutVariables(got), serverError(about, violation)];
}

/** The key of violations that differ in the check alone; undefined if there is no such detail. */
export function responseKeyOf({ violation: { what, got, strength } }: Occurrence): string | undefined {
  const kind = withoutDetail(what);
  return kind === what || kind === RESPONSE ? undefined : JSON.stringify([kind, strength, withoutVariables(got)]);
}

/** Such as "error code" for "error code (code-wrong)". */
function withoutDetail(what: string): string {
  return withoutCount(what)
    .replace(/ \([^()]*\)$/, "")
    .replace(/^response to .*$/s, RESPONSE);
}

const RESPONSE = "response to a wrong request";

/** Many wrong requests may get one refusal. What is accepted instead is a mistake of its own in each kind of case. */
function responseIn(about: ReportedCase, { got }: Violation): string {
  return got.startsWith("2") ? `${RESPONSE} in ${nameOf(about)}` : RESPONSE;
}

/** A form case counts the responses; another operation has another number. */
function withoutCount(what: string): string {
  return what.replace(/, in \d+ responses$/, "");
}

/** The violation shows the whole refusal of a valid request, or names the error code or the text of its operation's. */
function refusalLike({ got }: Violation, operation: string, refused: Refused): string | undefined {
  const whole = withoutVariables(got);
  if ([...refused.values()].includes(whole)) return whole;
  const own = refused.get(operation);
  return got !== "" && own?.includes(JSON.stringify(got)) ? own : undefined;
}

/** Punctuation, blanks or a prefix: the same mistake in every text. A wrong letter or digit belongs to one text. */
function isSystematic({ position, expected, got }: Difference): boolean {
  const isPunctuation = /^[^\p{L}\p{N}]*$/u;
  const isPrefix = position === 1 && (expected === "" || got === "") && !/^\d*$/.test(expected + got);
  return isPrefix || (isPunctuation.test(expected) && isPunctuation.test(got));
}

const HAN = /\p{Script=Han}/u;

function isInAnotherLanguage({ what, got }: Violation): boolean {
  if (got === "") return false;
  return (
    (what.startsWith("text in Chinese") && !HAN.test(got)) || (what.startsWith("text in English ") && HAN.test(got))
  );
}

/** Server errors have the same cause if their bodies are the same. */
function serverError({ exchanges }: ReportedCase, { what, exchange }: Violation): string {
  return withoutDetail(what) === "status" && exchange !== null
    ? withoutVariables(exchanges[exchange]?.response?.body ?? "")
    : "";
}
