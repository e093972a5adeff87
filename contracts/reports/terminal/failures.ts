/** The failures on the terminal: one block for each cause, with one example and its request. */
import type { Outcome, ReportedCase } from "../report.ts";
import type { Occurrence } from "../shared/alike.ts";
import { type Cause, failuresOf, type OwnFailure } from "../shared/causes.ts";
import { furtherReason } from "../shared/grouping.ts";
import { shownExchange } from "../shared/shown-exchange.ts";
import { oneLine } from "../shared/visible-text.ts";
import { casesText, likenessText } from "../shared/words.ts";
import { comparison, exchangeLines, idsLine, value } from "./lines.ts";

const MOST_IDS = 8;

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

export function failureBlocks(cases: readonly ReportedCase[]): string[] {
  const { shared, own } = failuresOf(cases);
  const examples = [...shared.map(({ occurrences: [{ case: one }] }) => one), ...own.map((one) => one.case)];
  const hidden = examples.some(({ exchanges }) => exchanges.length > 1);
  return [
    ...shared.map(sharedBlock),
    ...own.map(ownBlock),
    ...(hidden ? ["The JSON and HTML reports have all requests of each example: --report html=<file>"] : []),
  ];
}

function sharedBlock({ what, likeness, occurrences }: Cause): string {
  const [example] = occurrences;
  const { outcome, id, title } = example.case;
  return [
    `${outcomeWord[outcome]}  ${casesText(occurrences.length)}: ${value(what)}`,
    ...indented(likenessText[likeness], furtherReason(example.case)),
    idsLine(
      occurrences.map((one) => one.case),
      MOST_IDS,
    ),
    `  Example: ${oneLine(id)}: ${value(title)}`,
    ...(example.violation.what === what ? [] : indented(example.violation.what)),
    ...comparison(example.violation),
    ...repeated(example),
    ...requestOf(example),
  ].join("\n");
}

function ownBlock({ case: failed, occurrences, shared }: OwnFailure): string {
  const { id, outcome, title } = failed;
  const shown = shownExchange(failed);
  return [
    `${outcomeWord[outcome]}  ${oneLine(id)}`,
    `  ${value(title)}`,
    ...indented(furtherReason(failed)),
    ...occurrences.flatMap((one, index) => occurrenceLines(one, occurrences[index + 1])),
    ...(occurrences.length > 0 || shown === undefined ? [] : exchangeLines(shown)),
    ...shared.map(
      (cause) => `  Fails also in the block of ${casesText(cause.occurrences.length)}: ${value(cause.what)}`,
    ),
  ].join("\n");
}

/** Two violations of one request need its command once, after the last. */
function occurrenceLines(one: Occurrence, next: Occurrence | undefined): string[] {
  const { violation } = one;
  const isLast = next === undefined || next.violation.exchange !== violation.exchange;
  return [...indented(violation.what), ...comparison(violation), ...repeated(one), ...(isLast ? requestOf(one) : [])];
}

function requestOf({ case: about, violation }: Occurrence): string[] {
  const shown = shownExchange(about, violation);
  return shown === undefined ? [] : exchangeLines(shown);
}

function repeated({ further }: Occurrence): string[] {
  return further === 0 ? [] : [`    ${further} more of this kind in this case`];
}

function indented(...texts: readonly string[]): string[] {
  return texts.filter((text) => text !== "").map((text) => `  ${value(text)}`);
}
