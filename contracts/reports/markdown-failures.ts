/** Failures, open choices and findings in Markdown: one block or line for each cause. */
import type { OpenChoice, Outcome, ReportedCase } from "./report.ts";
import type { Occurrence } from "./shared/alike.ts";
import { type Cause, failuresOf, findingsOf, type OwnFailure } from "./shared/causes.ts";
import { differenceIn, differenceText } from "./shared/difference.ts";
import { requestText, responseText } from "./shared/exchange-text.ts";
import { furtherReason, withOutcome } from "./shared/grouping.ts";
import { code, fenced, foldable, inline, tableRow } from "./shared/markdown-text.ts";
import { requestLabel, type ShownExchange, shownExchange } from "./shared/shown-exchange.ts";
import { cut } from "./shared/visible-text.ts";
import { assumptionText, basisText, casesText, likenessText } from "./shared/words.ts";

const LONGEST_BODY = 2_000;

export const symbol: Readonly<Record<Outcome, string>> = {
  passed: "✅",
  failed: "❌",
  blocked: "🔒",
  "not-applicable": "➖",
  known: "📌",
  stale: "⌛",
  finding: "💡",
  error: "⚠️",
};

export function failureBlocks(cases: readonly ReportedCase[]): string[] {
  const { shared, own } = failuresOf(cases);
  return [...shared.map(sharedBlock), ...own.map(ownBlock)];
}

function sharedBlock({ what, likeness, occurrences }: Cause): string {
  const [example] = occurrences;
  const { outcome, id, title } = example.case;
  return foldable(
    `${symbol[outcome]} ${casesText(occurrences.length)}: ${inline(what)}`,
    ...[likenessText[likeness], furtherReason(example.case)].filter((text) => text !== "").map((text) => fenced(text)),
    `Cases: ${listedIds(occurrences)}`,
    `Example: ${code(id)} ${inline(title)}`,
    fenced(violationText(example)),
    ...exchangeOf(example),
  );
}

function ownBlock({ case: failed, occurrences, shared }: OwnFailure): string {
  const { id, outcome, title } = failed;
  const reason = furtherReason(failed);
  const shown = shownExchange(failed);
  return foldable(
    `${symbol[outcome]} ${code(id)} ${inline(title)}`,
    ...(reason === "" ? [] : [fenced(reason)]),
    ...occurrences.flatMap((one, index) => [
      fenced(violationText(one)),
      ...(hasSameExchange(one, occurrences[index + 1]) ? [] : exchangeOf(one)),
    ]),
    ...(occurrences.length > 0 || shown === undefined ? [] : exchange(shown)),
    ...shared.map((cause) => `Fails also with ${casesText(cause.occurrences.length)}: ${inline(cause.what)}`),
  );
}

/** Two violations of one request need it once, after the last. */
function hasSameExchange(one: Occurrence, next: Occurrence | undefined): boolean {
  return next?.violation.exchange === one.violation.exchange;
}

function violationText({ violation, further }: Occurrence): string {
  const { what, expected, got } = violation;
  const difference = differenceIn(violation);
  return [
    what,
    `  expected  ${cut(expected, LONGEST_BODY)}`,
    `  got       ${cut(got, LONGEST_BODY)}`,
    ...(difference === undefined ? [] : [`  ${differenceText(difference)}`]),
    `  ${basisText(violation)}`,
    ...(further === 0 ? [] : [`  ${further} more of this kind in this case`]),
  ].join("\n");
}

function exchangeOf({ case: about, violation }: Occurrence): string[] {
  const shown = shownExchange(about, violation);
  return shown === undefined ? [] : exchange(shown);
}

export function exchange(shown: ShownExchange): string[] {
  const one = shown.exchange;
  const label = requestLabel(shown);
  const http = `${requestText(one, LONGEST_BODY)}\n\n${responseText(one, LONGEST_BODY)}`;
  const heading = label === "" ? [] : [`Request${inline(label.slice("request".length))}:`];
  return [...heading, fenced(cut(one.curl, LONGEST_BODY), "sh"), fenced(http)];
}

export function choiceTable(choices: readonly OpenChoice[]): string[] {
  if (choices.length === 0) return [];
  const cells = choices.map(({ choice, mock, target, cases }) =>
    [choice, target, mock].map(code).concat(`${cases.length}`),
  );
  return [["choice", "this target", "mock", "cases"], ["---", "---", "---", "--:"], ...cells].map(tableRow);
}

export function findingItems(cases: readonly ReportedCase[]): string[] {
  const unexplained = withOutcome(cases, "finding").filter(({ violations }) => violations.length === 0);
  return [...findingsOf(cases).map(findingItem), ...unexplained.map(caseItem)];
}

function findingItem({ what, occurrences }: Cause): string {
  const [{ case: one, violation }] = occurrences;
  const reason = furtherReason(one);
  const seen = `${what}: expected ${violation.expected}, got ${violation.got}`;
  const why = `${assumptionText(one, violation)}${basisText(violation)}`;
  return `- ${symbol.finding} ${listedIds(occurrences)} ${reason === "" ? "" : `${inline(reason)} `}${inline(seen)} (${inline(why)})`;
}

export function caseItem({ id, outcome, reason, title }: ReportedCase): string {
  return `- ${symbol[outcome]} ${code(id)} ${inline(reason || title)}`;
}

function listedIds(occurrences: readonly Occurrence[]): string {
  return occurrences.map((one) => code(one.case.id)).join(", ");
}
