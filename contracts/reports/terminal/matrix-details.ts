/** The text after the matrix on the terminal: each failure, then the other outcomes, grouped by reason. */
import type { Report, ReportedCase, StaleEntry } from "../report.ts";
import { byReason, withOutcome } from "../shared/grouping.ts";
import { knownFailingLine } from "../shared/known-failing-line.ts";
import { shownExchange } from "../shared/shown-exchange.ts";
import { oneLine } from "../shared/visible-text.ts";
import { casesText } from "../shared/words.ts";
import { blockedLines } from "./blocked.ts";
import { failureBlocks, outcomeWord } from "./failures.ts";
import { choiceLines, findingLines } from "./findings.ts";
import { commandLine, comparison, idsLine, value } from "./lines.ts";

const MOST_EXAMPLES = 5;

/** One block of lines for each section with content. */
export function details({ cases, stale_entries, choices }: Report): string[] {
  const failed = withOutcome(cases, "failed");
  return [
    ...failureBlocks(cases),
    ...byReason(withOutcome(cases, "error")).map(errorBlock),
    ...section("Blocked", blockedLines(withOutcome(cases, "blocked"), value)),
    ...section("Open choices, where no page decides", choiceLines(choices)),
    ...section("Findings", findingLines(cases)),
    ...section("Known failures", withOutcome(cases, "known").map(knownLine)),
    ...section("Not applicable", byReason(withOutcome(cases, "not-applicable")).map(reasonLine)),
    ...section("Remove from the list of known failures", stale_entries.map(staleLine)),
    ...section("To list these failures as known, add the reason for each", failed.map(knownFailingLine)),
  ];
}

function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [[`${heading}:`, ...lines].join("\n")];
}

/** One reason, such as a time-out, often affects many cases. The first few and one command stand for all. */
function errorBlock([reason, cases]: [string, ReportedCase[]]): string {
  const [first] = cases;
  const curl = first && shownExchange(first)?.exchange.curl;
  return [
    `${outcomeWord.error}  ${casesText(cases.length)}: ${value(reason)}`,
    idsLine(cases, MOST_EXAMPLES),
    ...(first?.violations ?? []).flatMap((violation) => [`  ${value(violation.what)}`, ...comparison(violation)]),
    ...(curl === undefined ? [] : [commandLine(curl)]),
  ].join("\n");
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
