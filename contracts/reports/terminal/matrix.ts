/**
 * The output of `verify`: operations by errors in at most 120 columns, then the details. Plain text without colours.
 */
import type { Category, Outcome, Report, ReportedCase } from "../report.ts";
import {
  byOperation,
  checkName,
  groupedBy,
  type MatrixRow,
  nameOf,
  type OperationGroup,
  worstFirst,
} from "../shared/grouping.ts";
import { causeOfDoubt, nothingDriven } from "../shared/verdict.ts";
import { cut, oneLine, withoutCommands } from "../shared/visible-text.ts";
import { allCounts, casesText, countsThatAreNotZero } from "../shared/words.ts";
import { summarize } from "../summary.ts";
import { withoutBlocked } from "./compact-rows.ts";
import { outcomeWord } from "./failures.ts";
import { details } from "./matrix-details.ts";
import { nextStep } from "./next-step.ts";
import { wrappedLine } from "./wrapped-line.ts";

const LONGEST_LABEL = 40;

/** Readers need the names of these cases at once; the other outcomes are only counted. */
const named: readonly Outcome[] = ["failed", "stale", "finding"];

export function matrixText(report: Report): string {
  const blocks = [
    ...doubt(report),
    whatWasMeasured(report),
    ...matrix(report),
    ...details(report),
    ...hints(report),
    lastLine(report),
    ...nextStep(report),
  ];
  return withoutCommands(`${blocks.join("\n\n")}\n`);
}

function doubt(report: Report): string[] {
  const cause = causeOfDoubt(report);
  return cause === "" ? [] : [`INCONCLUSIVE: ${oneLine(cause)}`];
}

function whatWasMeasured({ tool, target, spec_sha256 }: Report): string {
  const { name, base_url } = target;
  const place = name === base_url ? base_url : `${name} at ${base_url}`;
  return oneLine(`${tool.name} ${tool.version}: ${place}, against openapi.yaml ${spec_sha256.slice(0, 12)}`);
}

function matrix(report: Report): string[] {
  if (nothingDriven(report)) return [];
  const all = byOperation(report);
  return [...all.filter((one) => !isAbsent(one)).map(operationBlock), ...absentBlock(all.filter(isAbsent))];
}

function isAbsent({ cases }: OperationGroup): boolean {
  const { total, not_applicable } = summarize(cases);
  return total > 0 && not_applicable === total;
}

/** The reasons stand below, among the details. */
function absentBlock(absent: readonly OperationGroup[]): string[] {
  if (absent.length === 0) return [];
  const parts = absent.map(({ operation, cases }) => `${oneLine(operation)} (${casesText(cases.length)})`).join(", ");
  return [wrappedLine("Not applicable: ", [parts])];
}

function hints(report: Report): string[] {
  return report.hints.length === 0 ? [] : [report.hints.map((hint) => `HINT: ${oneLine(hint)}`).join("\n")];
}

function operationBlock(group: OperationGroup): string {
  const summary = summarize(group.cases);
  const head = `${oneLine(group.operation)}  ${casesText(summary.total)}: ${countsThatAreNotZero(summary)}`;
  const all: Labelled[] = [...group.rows.map(errorRow), ...[...group.further].map(categoryRow)];
  const { rows, isShortened } = withoutBlocked(all, ({ outcomes }) => outcomes);
  const width = Math.max(0, ...rows.map(({ label }) => label.length));
  const lines = rows.map(({ label, parts }) => wrappedLine(`  ${label.padEnd(width)}  `, parts));
  return [head, ...lines, ...(isShortened ? ["  all others blocked or not applicable"] : [])].join("\n");
}

interface Labelled {
  readonly label: string;
  /** Such as "FAIL code-expired, code-used". */
  readonly parts: readonly string[];
  readonly outcomes: readonly Outcome[];
}

function errorRow({ success, error, checks }: MatrixRow): Labelled {
  const groups = groupedBy(checks, ({ outcome }) => outcome);
  const parts = worstFirst.flatMap((outcome) => {
    const names = groups.get(outcome)?.map(checkName) ?? [];
    return names.length === 0 ? [] : [success ? outcomeWord[outcome] : `${outcomeWord[outcome]} ${listed(names)}`];
  });
  return { label: labelOf(success ? "success" : (error ?? "without a code")), parts, outcomes: [...groups.keys()] };
}

function categoryRow([category, cases]: [Category, readonly ReportedCase[]]): Labelled {
  const groups = groupedBy(cases, ({ outcome }) => outcome);
  const parts = worstFirst.flatMap((outcome) => {
    const group = groups.get(outcome) ?? [];
    if (group.length === 0) return [];
    return [`${outcomeWord[outcome]} ${named.includes(outcome) ? listed(group.map(nameOf)) : group.length}`];
  });
  const label = category === "success" || category === "error" ? `further ${category}` : category;
  return { label, parts, outcomes: [...groups.keys()] };
}

function listed(names: readonly string[]): string {
  return names.map(oneLine).join(", ");
}

function labelOf(text: string): string {
  return oneLine(cut(text, LONGEST_LABEL));
}

function lastLine({ cases, seed, summary }: Report): string {
  const counted = `${casesText(cases.length)}: ${allCounts(summary)}`;
  return `${counted}; ${summary.driven_percent} % driven; seed ${oneLine(seed)}`;
}
