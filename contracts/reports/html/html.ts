/** The report as one self-contained page: two languages, light and dark, readable without JavaScript. */
import type { Report, ReportedCase } from "../report.ts";
import { withOutcome } from "../shared/grouping.ts";
import { knownFailingLine } from "../shared/known-failing-line.ts";
import { markup } from "../shared/markup.ts";
import {
  blockedCards,
  caseCards,
  caseTable,
  copyable,
  errorCards,
  hintList,
  reasonList,
  section,
  staleList,
} from "./cases.ts";
import { matrix, overview, type Places } from "./matrix.ts";
import { page } from "./page.ts";
import { words } from "./words.ts";

export function htmlPage(report: Report): string {
  const { cases, hints, stale_entries, target, tool } = report;
  const places = placesOf(cases);
  const failed = withOutcome(cases, "failed");
  const content = markup`${overview(report)}${section(words.hints, hintList(hints))}${matrix(report, places)}
${section(words.failures, caseCards(withOutcome(cases, "failed", "stale"), places))}
${section(words.errors, errorCards(withOutcome(cases, "error")))}
${section(words.staleEntries, staleList(stale_entries))}
${section(words.blocked, blockedCards(withOutcome(cases, "blocked")))}
${section(words.findings, caseCards(withOutcome(cases, "finding"), places))}
${section(words.known, caseCards(withOutcome(cases, "known"), places))}
${section(words.notApplicable, reasonList(withOutcome(cases, "not-applicable"), "not-applicable"))}
${section(words.toPaste, failed.length === 0 ? [] : [copyable(failed.map(knownFailingLine).join("\n"))])}
${section(words.allCases, [caseTable(cases)])}`;
  return page(`${target.name} · ${tool.name}`, content);
}

/** Numbered, because a case id may contain characters that a link may not. */
function placesOf(cases: readonly ReportedCase[]): Places {
  const told = withOutcome(cases, "failed", "stale", "finding", "known");
  return new Map(told.map((one, index) => [one, `case-${index + 1}`]));
}
