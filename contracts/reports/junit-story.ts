/** The text of a failed test case in JUnit. A cause that another case tells in full is only referred to. */
import type { ReportedCase, Violation } from "./report.ts";
import { type Cause, failuresOf } from "./shared/causes.ts";
import { differenceIn, differenceText } from "./shared/difference.ts";
import { requestText, responseText } from "./shared/exchange-text.ts";
import { groupedBy } from "./shared/grouping.ts";
import { requestLabel, type ShownExchange, shownExchange } from "./shared/shown-exchange.ts";
import { cut } from "./shared/visible-text.ts";
import { basisText, casesText, likenessText } from "./shared/words.ts";

const LONGEST_TEXT = 4_000;

export type Story = (about: ReportedCase) => string;

export function storiesOf(cases: readonly ReportedCase[]): Story {
  const { shared, own } = failuresOf(cases);
  const members = shared.flatMap((cause) => cause.occurrences.map((one) => ({ cause, case: one.case })));
  const causes = groupedBy(members, (member) => member.case);
  const alone = new Set(own.map((one) => one.case));
  return (about) => story(about, causes.get(about)?.map(({ cause }) => cause) ?? [], alone.has(about));
}

function story(about: ReportedCase, shared: readonly Cause[], isAlone: boolean): string {
  const { title, violations } = about;
  const isExample = shared.some(({ occurrences: [example] }) => example.case === about);
  const isTold = isAlone || isExample || shared.length === 0;
  return [
    title,
    ...new Set(violations.map(violationText)),
    ...shared.map((cause) => reference(cause, about)),
    ...(isTold ? exchangesOf(about).map(exchangeText) : []),
  ].join("\n\n");
}

function violationText(violation: Violation): string {
  const { what, expected, got } = violation;
  const difference = differenceIn(violation);
  return [
    what,
    `  expected  ${shortened(expected)}`,
    `  got       ${shortened(got)}`,
    ...(difference === undefined ? [] : [`  ${differenceText(difference)}`]),
    `  ${shortened(basisText(violation))}`,
  ].join("\n");
}

function reference({ what, likeness, occurrences }: Cause, about: ReportedCase): string {
  const [example] = occurrences;
  const sentence = likenessText[likeness] === "" ? "" : ` ${likenessText[likeness]}`;
  const where = example.case === about ? "this is the example" : `the example with its request is ${example.case.id}`;
  return `${casesText(occurrences.length)} have this cause, ${shortened(what)}: ${where}.${sentence}`;
}

/** Those that show a violation; without a violation the last. */
function exchangesOf(about: ReportedCase): readonly ShownExchange[] {
  const shown = about.violations.map((violation) => shownExchange(about, violation));
  const all = shown.length === 0 ? [shownExchange(about)] : shown;
  const byIndex = new Map(all.flatMap((one) => (one === undefined ? [] : [[one.index, one]])));
  return [...byIndex.values()];
}

function exchangeText(shown: ShownExchange): string {
  const { exchange } = shown;
  const label = requestLabel(shown);
  return [
    ...(label === "" ? [] : [`R${label.slice(1)}:`]),
    shortened(exchange.curl),
    requestText(exchange, LONGEST_TEXT),
    responseText(exchange, LONGEST_TEXT),
  ].join("\n\n");
}

function shortened(text: string): string {
  return cut(text, LONGEST_TEXT);
}
