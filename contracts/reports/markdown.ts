/** The report in Markdown, for the summary of a GitHub step. */
import { caseItem, choiceTable, exchange, failureBlocks, findingItems, symbol } from "./markdown-failures.ts";
import type { Category, Report, ReportedCase, StaleEntry } from "./report.ts";
import {
  type BlockedGroup,
  byMissing,
  byOperation,
  byReason,
  checkName,
  groupedBy,
  type MatrixRow,
  nameOf,
  type OperationGroup,
  withOutcome,
  worstFirst,
} from "./shared/grouping.ts";
import { knownFailingLine } from "./shared/known-failing-line.ts";
import { code, fenced, foldable, inline, tableRow, within } from "./shared/markdown-text.ts";
import { shownExchange } from "./shared/shown-exchange.ts";
import { causeOfDoubt, nothingDriven, verdictOf } from "./shared/verdict.ts";
import { capabilitiesText, casesText } from "./shared/words.ts";
import { countOf, summarize } from "./summary.ts";

/** GitHub accepts 1 MiB per step, and another command may write to the same summary. */
const MOST_BYTES = 1_000_000;
/** Leaves room for the sections after the failures. */
const MOST_BYTES_OF_FAILURES = 700_000;
const MOST_EXAMPLES = 5;

export function markdownText(report: Report): string {
  const { cases, stale_entries, choices, hints } = report;
  const pieces = [
    headline(report),
    ...summaryTable(report),
    ...section(
      "Hints",
      hints.map((hint) => `- Hint: ${inline(hint)}`),
    ),
    ...section("Matrix", nothingDriven(report) ? [] : matrix(report)),
    ...section("Failures", within(failureBlocks(cases), MOST_BYTES_OF_FAILURES)),
    ...section("No result", byReason(withOutcome(cases, "error")).map(errors)),
    ...section("Remove from the list of known failures", stale_entries.map(staleItem)),
    ...section("Blocked, by missing capability", byMissing(withOutcome(cases, "blocked")).map(blocked)),
    ...section("Open choices, where no page decides", choiceTable(choices)),
    ...section("Findings", findingItems(cases)),
    ...section("Known failures", withOutcome(cases, "known").map(caseItem)),
    ...section("Not applicable", byReason(withOutcome(cases, "not-applicable")).map(reasonItem)),
    ...section("To list these failures as known", listToPaste(withOutcome(cases, "failed"))),
  ];
  return `${within(pieces, MOST_BYTES).join("\n")}\n`;
}

function section(heading: string, pieces: readonly string[]): string[] {
  return pieces.length === 0 ? [] : [`\n### ${heading}\n`, ...pieces];
}

function headline(report: Report): string {
  const { target, seed, summary, tool, spec_sha256 } = report;
  const name = target.name === target.base_url ? "" : `${code(target.name)} at `;
  const place = `${name}${code(target.base_url)}, seed ${code(seed)}`;
  const measure = `${inline(tool.name)} ${inline(tool.version)}, openapi.yaml ${code(spec_sha256.slice(0, 12))}`;
  return `## ${verdictText(report)}\n\nTarget: ${place}, ${summary.driven_percent} % driven. Measured by ${measure}.\n`;
}

function verdictText(report: Report): string {
  const { failed, stale } = summarize(report.cases);
  const verdict = verdictOf(report);
  if (verdict === "inconclusive") return `${symbol.error} Inconclusive: ${inline(causeOfDoubt(report))}`;
  if (verdict === "conforms") return `${symbol.passed} Contract: no violation in the executed cases`;
  const entries = report.stale_entries.length;
  return `${symbol.failed} Contract: ${failed} failed, ${stale} stale, ${entries} to remove from the list of known failures`;
}

function summaryTable({ summary }: Report): string[] {
  const keys = [...Object.values(countOf), "total"] as const;
  const symbols = worstFirst.map((outcome) => `${symbol[outcome]} ${outcome}`).join(", ");
  return [
    tableRow(keys.map((key) => key.replace("_", " "))),
    tableRow(keys.map(() => "--:")),
    tableRow(keys.map((key) => summary[key])),
    "",
    `In the tables below: ${symbols}.`,
  ];
}

/** One reason, some examples, and the command to reproduce the first. */
function errors([reason, cases]: [string, ReportedCase[]]): string {
  const names = cases.slice(0, MOST_EXAMPLES).map(({ id }) => code(id));
  const rest = cases.length > names.length ? ` and ${cases.length - names.length} more` : "";
  const last = cases[0] && shownExchange(cases[0]);
  return foldable(
    `${symbol.error} ${casesText(cases.length)}: ${inline(reason)}`,
    `Cases: ${names.join(", ")}${rest}`,
    ...(last === undefined ? [] : exchange(last)),
  );
}

function matrix(report: Report): string[] {
  return [
    tableRow(["operation", "error", "checks"]),
    tableRow(["---", "---", "---"]),
    ...byOperation(report).flatMap(rows),
  ];
}

function rows({ operation, cases, rows, further }: OperationGroup): string[] {
  const { total, not_applicable } = summarize(cases);
  const head = `${code(operation)}, ${casesText(total)}`;
  if (total > 0 && not_applicable === total) return [tableRow([head, "", symbol["not-applicable"]])];
  const cells = [...rows.map(errorCells), ...[...further].map(categoryCells)];
  return cells.map((pair, index) => tableRow([index === 0 ? head : "", ...pair]));
}

function errorCells({ success, error, checks }: MatrixRow): string[] {
  const groups = groupedBy(checks, ({ outcome }) => outcome);
  const parts = worstFirst.flatMap((outcome) => {
    const group = groups.get(outcome) ?? [];
    if (group.length === 0) return [];
    return [success ? symbol[outcome] : `${symbol[outcome]} ${group.map(checkName).map(inline).join(", ")}`];
  });
  return [success ? "success" : code(error ?? "without a code"), parts.join(" ")];
}

function categoryCells([category, cases]: [Category, readonly ReportedCase[]]): string[] {
  const groups = groupedBy(cases, ({ outcome }) => outcome);
  const parts = worstFirst.flatMap((outcome) => {
    const count = groups.get(outcome)?.length ?? 0;
    return count === 0 ? [] : [`${symbol[outcome]} ${count}`];
  });
  return [category === "success" || category === "error" ? `further ${category}` : category, parts.join(" ")];
}

function blocked({ missing, reason, cases }: BlockedGroup): string {
  const verb = cases.length === 1 ? "needs" : "need";
  const cause = missing.length === 0 ? `: ${inline(reason)}` : ` ${verb} ${code(capabilitiesText(missing))}`;
  const operations = [...groupedBy(cases, ({ operation }) => operation)].map(
    ([operation, group]) => `- ${code(operation)}: ${group.map(nameOf).map(inline).join(", ")}`,
  );
  return foldable(`${symbol.blocked} ${casesText(cases.length)}${cause}`, operations.join("\n"));
}

function reasonItem([reason, cases]: [string, ReportedCase[]]): string {
  return `- ${casesText(cases.length)}: ${inline(reason)}`;
}

function staleItem({ pattern, reason, why }: StaleEntry): string {
  return `- ${symbol.stale} ${code(pattern)} ${inline(why)}, listed because: ${inline(reason)}`;
}

function listToPaste(failed: readonly ReportedCase[]): string[] {
  return failed.length === 0
    ? []
    : [foldable("Add the reason for each", fenced(failed.map(knownFailingLine).join("\n")))];
}
