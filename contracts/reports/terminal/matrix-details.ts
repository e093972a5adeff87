/** The text after the matrix on the terminal: each failure, then the other outcomes, grouped by reason. */
import type { Outcome, Report, ReportedCase, ReportedExchange, StaleEntry, Violation } from "../report.ts";
import { byReason, furtherReason, withOutcome } from "../shared/grouping.ts";
import { knownFailingLine } from "../shared/known-failing-line.ts";
import { cut, oneLine, visible } from "../shared/visible-text.ts";
import { casesText } from "../shared/words.ts";
import { blockedLines } from "./blocked.ts";
import { wrappedLine } from "./wrapped-line.ts";

const LONGEST_VALUE = 500;
const LONGEST_COMMAND = 4_000;
const MOST_EXAMPLES = 5;

/** Capitals for the outcomes that need a look, because there are no colours. */
export const outcomeWord: Readonly<Record<Outcome, string>> = {
  passed: "ok",
  failed: "FAIL",
  blocked: "blocked",
  "not-applicable": "n/a",
  known: "known",
  stale: "STALE",
  finding: "finding",
  error: "ERROR",
};

/** One block of lines for each section with content. */
export function details({ cases, stale_entries }: Report): string[] {
  const failed = withOutcome(cases, "failed");
  return [
    ...withOutcome(cases, "failed", "stale").map(failureBlock),
    ...byReason(withOutcome(cases, "error")).map(errorBlock),
    ...section("Blocked", blockedLines(withOutcome(cases, "blocked"), value)),
    ...section("Findings", withOutcome(cases, "finding").map(findingLines)),
    ...section("Known failures", withOutcome(cases, "known").map(knownLine)),
    ...section("Not applicable", byReason(withOutcome(cases, "not-applicable")).map(reasonLine)),
    ...section("Remove from the list of known failures", stale_entries.map(staleLine)),
    ...section("To list these failures as known, add the reason for each", failed.map(knownFailingLine)),
  ];
}

function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [[`${heading}:`, ...lines].join("\n")];
}

function failureBlock(failure: ReportedCase): string {
  const { id, outcome, title, violations, exchanges } = failure;
  const reason = furtherReason(failure);
  return [
    `${outcomeWord[outcome]}  ${oneLine(id)}`,
    `  ${value(title)}`,
    ...(reason === "" ? [] : [`  ${value(reason)}`]),
    ...violations.flatMap(violationLines),
    ...exchanges.flatMap((exchange) => [commandLines(exchange.curl), responseLine(exchange)]),
  ].join("\n");
}

function violationLines({ what, expected, got }: Violation): string[] {
  return [`  ${value(what)}`, `    expected  ${value(expected)}`, `    got       ${value(got)}`];
}

/** One reason, such as a time-out, often affects many cases. The first few and one command stand for all. */
function errorBlock([reason, cases]: [string, ReportedCase[]]): string {
  const names = cases.slice(0, MOST_EXAMPLES).map(({ id }) => oneLine(id));
  const rest = cases.length > names.length ? ` and ${cases.length - names.length} more` : "";
  const curl = cases[0]?.exchanges.at(-1)?.curl;
  return [
    `${outcomeWord.error}  ${casesText(cases.length)}: ${value(reason)}`,
    wrappedLine("  ", [names.join(", ") + rest]),
    ...(cases[0]?.violations ?? []).flatMap(violationLines),
    ...(curl === undefined ? [] : [commandLines(curl)]),
  ].join("\n");
}

/** A shell comment, so that the whole block can be pasted. */
function responseLine({ response, failure }: ReportedExchange): string {
  if (response === null) return `  # no response: ${value(failure ?? "unknown reason")}`;
  return `  # ${response.status} ${response.body === "" ? "without a body" : value(response.body)}`;
}

/** Indents only the first line, because spaces inside a command may be part of the request. */
function commandLines(curl: string): string {
  return `  ${visible(cut(curl, LONGEST_COMMAND))}`;
}

function findingLines(finding: ReportedCase): string {
  const seen = finding.violations.map(
    ({ what, expected, got }) => `    ${value(what)}: expected ${value(expected)}, got ${value(got)}`,
  );
  return [`  ${oneLine(finding.id)}: ${value(furtherReason(finding) || finding.title)}`, ...seen].join("\n");
}

function knownLine({ id, reason }: ReportedCase): string {
  return `  ${oneLine(id)}: ${value(reason)}`;
}

function reasonLine([reason, cases]: [string, ReportedCase[]]): string {
  return `  ${casesText(cases.length)}: ${value(reason)}`;
}

function staleLine({ pattern, reason, why }: StaleEntry): string {
  return `  ${outcomeWord.stale} ${oneLine(pattern)}  # ${value(reason)}: ${value(why)}`;
}

function value(text: string): string {
  return text === "" ? "(empty)" : oneLine(cut(text, LONGEST_VALUE));
}
