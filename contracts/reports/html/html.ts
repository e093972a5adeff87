/** The report as one self-contained page: two languages, light and dark, readable without JavaScript. */
import type { Report } from "../report.ts";
import { withOutcome } from "../shared/grouping.ts";
import { knownFailingLine } from "../shared/known-failing-line.ts";
import { markup } from "../shared/markup.ts";
import { cardsOf, choiceTable } from "./cards.ts";
import { blockedCards, caseTable, errorCards, hintList, reasonList, section, staleList } from "./cases.ts";
import { matrix, overview } from "./matrix.ts";
import { page } from "./page.ts";
import { copyable } from "./pieces.ts";
import { words } from "./words.ts";

export function htmlPage(report: Report): string {
  const { cases, hints, stale_entries, choices, target, tool } = report;
  const { failures, findings, known, places } = cardsOf(cases);
  const failed = withOutcome(cases, "failed");
  const content = markup`${overview(report)}${section(words.hints, hintList(hints))}${matrix(report, places)}
${section(words.failures, failures)}
${section(words.errors, errorCards(withOutcome(cases, "error")))}
${section(words.staleEntries, staleList(stale_entries))}
${section(words.blocked, blockedCards(withOutcome(cases, "blocked")))}
${section(words.choices, choiceTable(choices))}
${section(words.findings, findings)}
${section(words.known, known)}
${section(words.notApplicable, reasonList(withOutcome(cases, "not-applicable"), "not-applicable"))}
${section(words.toPaste, failed.length === 0 ? [] : [copyable(failed.map(knownFailingLine).join("\n"))])}
${section(words.allCases, [caseTable(cases)])}`;
  return page(`${target.name} · ${tool.name}`, content);
}
