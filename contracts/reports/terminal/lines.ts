/** Lines of the terminal report that several sections share. */
import type { ReportedCase, ReportedExchange, Violation } from "../report.ts";
import { differenceIn, differenceText } from "../shared/difference.ts";
import { requestLabel, type ShownExchange } from "../shared/shown-exchange.ts";
import { clipped, cut, oneLine, visible } from "../shared/visible-text.ts";
import { basisText } from "../shared/words.ts";
import { wrappedLine } from "./wrapped-line.ts";

const LONGEST_VALUE = 500;
const LONGEST_BASIS = 110;
const LONGEST_COMMAND = 4_000;

export function value(text: string): string {
  return text === "" ? "(empty)" : oneLine(cut(text, LONGEST_VALUE));
}

/** The strength and the source, in one line. */
export function basis(violation: Pick<Violation, "strength" | "source">): string {
  return oneLine(clipped(basisText(violation), LONGEST_BASIS));
}

/** What was expected and what came, below a line that says what was checked. */
export function comparison(violation: Violation): string[] {
  const { expected, got } = violation;
  const difference = differenceIn(violation);
  return [
    `    expected  ${value(expected)}`,
    `    got       ${value(got)}`,
    ...(difference === undefined ? [] : [`    ${oneLine(differenceText(difference))}`]),
    `    ${basis(violation)}`,
  ];
}

/** The request as a command, between shell comments, so that the whole block can be pasted. */
export function exchangeLines(shown: ShownExchange): string[] {
  const label = requestLabel(shown);
  return [
    ...(label === "" ? [] : [`  # ${value(label)}`]),
    commandLine(shown.exchange.curl),
    responseLine(shown.exchange),
  ];
}

/** Indents only the first line, because spaces inside a command may be part of the request. */
export function commandLine(curl: string): string {
  return `  ${visible(cut(curl, LONGEST_COMMAND))}`;
}

function responseLine({ response, failure }: ReportedExchange): string {
  if (response === null) return `  # no response: ${value(failure ?? "unknown reason")}`;
  return `  # ${response.status} ${response.body === "" ? "without a body" : value(response.body)}`;
}

/** The ids of the first cases, and the number of the others. */
export function idsLine(cases: readonly ReportedCase[], most: number): string {
  return wrappedLine("  ", [listedIds(cases, most)]);
}

export function listedIds(cases: readonly ReportedCase[], most: number): string {
  const ids = cases.slice(0, most).map(({ id }) => oneLine(id));
  return ids.join(", ") + (cases.length > ids.length ? ` and ${cases.length - ids.length} more` : "");
}
