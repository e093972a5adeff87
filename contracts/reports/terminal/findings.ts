/** Open choices and findings on the terminal: one line each. */
import type { OpenChoice, ReportedCase } from "../report.ts";
import { type Cause, findingsOf } from "../shared/causes.ts";
import { furtherReason, groupedBy, withOutcome } from "../shared/grouping.ts";
import { isOpenChoice } from "../shared/open-choice.ts";
import { clipped, oneLine } from "../shared/visible-text.ts";
import { assumptionText, casesText } from "../shared/words.ts";
import { basis, listedIds, value } from "./lines.ts";
import { wrappedText } from "./wrapped-line.ts";

const MOST_IDS = 3;
const MOST_CHOICES = 30;
const LONGEST_PART = 120;

export function choiceLines(choices: readonly OpenChoice[]): string[] {
  const width = Math.max(0, ...choices.map(({ choice }) => part(choice).length));
  const lines = choices.map(
    ({ choice, mock, target, cases }) =>
      `  ${part(choice).padEnd(width)}  this target: ${part(target)}; mock: ${part(mock)} (${casesText(cases.length)})`,
  );
  if (lines.length <= MOST_CHOICES) return lines;
  const shown = lines.slice(0, MOST_CHOICES - 1);
  return [...shown, `  ${lines.length - shown.length} more: the JSON, Markdown and HTML reports have all`];
}

export function findingLines(cases: readonly ReportedCase[]): string[] {
  const causes = findingsOf(cases);
  const told = causes.filter((cause) => !isOpenChoice(cause));
  const choices = groupedBy(causes.filter(isOpenChoice), ({ occurrences: [{ violation }] }) => basis(violation));
  const unexplained = withOutcome(cases, "finding").filter(({ violations }) => violations.length === 0);
  const lines = [
    ...told.map(findingLine),
    ...[...choices].map(([why, group]) => `${idsOf(group)}: open choice, listed above (${why})`),
    ...unexplained.map((one) => `${oneLine(one.id)}: ${value(furtherReason(one) || one.title)}`),
  ];
  return lines.map((line) => wrappedText("  ", line));
}

function findingLine(cause: Cause): string {
  const [{ case: one, violation, further }] = cause.occurrences;
  const reason = furtherReason(one);
  const { expected, got } = violation;
  const why = `${assumptionText(one, violation)}${basis(violation)}`;
  const more = further === 0 ? "" : `; ${further} more of this kind`;
  const seen = `${part(cause.what)}: expected ${part(expected)}, got ${part(got)}${more} (${why})`;
  return `${idsOf([cause])}: ${reason === "" ? "" : `${value(reason)}; `}${seen}`;
}

function idsOf(causes: readonly Cause[]): string {
  const cases = causes.flatMap(({ occurrences }) => occurrences.map((one) => one.case));
  return listedIds([...new Set(cases)], MOST_IDS);
}

function part(text: string): string {
  // A response may be JSON on many lines.
  return text === "" ? "(empty)" : oneLine(clipped(text.replaceAll(/\s*\n\s*/g, " "), LONGEST_PART));
}
