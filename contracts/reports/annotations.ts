/** Failures as GitHub workflow commands, which GitHub shows on the page of a run. */
import type { Report, ReportedCase, StaleEntry } from "./report.ts";
import type { Occurrence } from "./shared/alike.ts";
import { type Cause, failuresOf, type OwnFailure } from "./shared/causes.ts";
import { differenceIn, differenceText } from "./shared/difference.ts";
import { byReason, furtherReason, withOutcome } from "./shared/grouping.ts";
import { cut, visible, withoutCommands } from "./shared/visible-text.ts";
import { basisText, casesText, likenessText } from "./shared/words.ts";

/** GitHub keeps only this many annotations per job. */
const MOST = 50;
const LONGEST_MESSAGE = 1_000;
const MOST_IDS = 8;

interface Annotation {
  readonly title: string;
  readonly message: string;
}

/** One line per cause of failures; empty without failures. */
export function annotations({ inconclusive, hints, cases, stale_entries }: Report): string {
  const { shared, own } = failuresOf(cases);
  const all = [
    ...(inconclusive === null ? [] : [{ title: "inconclusive", message: inconclusive }]),
    ...shared.map(ofCause),
    ...own.map(ofFailure),
    ...byReason(withOutcome(cases, "error")).map(ofErrors),
    ...stale_entries.map(ofStaleEntry),
  ];
  const shown = all.length <= MOST ? all : [...all.slice(0, MOST - 1), ofRest(all.length - MOST + 1)];
  const notices = hints.map((message) => command({ title: "Hint", message }, "notice"));
  return [...shown.map((one) => command(one, "error")), ...notices].join("");
}

function ofCause({ what, likeness, occurrences }: Cause): Annotation {
  const [example] = occurrences;
  const ids = occurrences.slice(0, MOST_IDS).map((one) => one.case.id);
  const rest = occurrences.length > ids.length ? ` and ${occurrences.length - ids.length} more` : "";
  const lines = [likenessText[likeness], furtherReason(example.case), seen(example), `Cases: ${ids.join(", ")}${rest}`];
  return {
    title: `${casesText(occurrences.length)}: ${what}`,
    message: lines.filter((line) => line !== "").join("\n"),
  };
}

function ofFailure({ case: { id, title, reason }, occurrences }: OwnFailure): Annotation {
  return { title: id, message: [title, ...(occurrences.length > 0 ? occurrences.map(seen) : [reason])].join("\n") };
}

function seen({ violation }: Occurrence): string {
  const { what, expected, got } = violation;
  const difference = differenceIn(violation);
  const where = difference === undefined ? "" : `; ${differenceText(difference)}`;
  return `${what}: expected ${expected}, got ${got}${where} (${basisText(violation)})`;
}

function ofErrors([reason, cases]: [string, ReportedCase[]]): Annotation {
  return { title: `${casesText(cases.length)} without a result`, message: reason };
}

function ofStaleEntry({ pattern, reason, why }: StaleEntry): Annotation {
  return { title: `Remove ${pattern} from the list of known failures`, message: `${why} (listed because: ${reason})` };
}

function ofRest(count: number): Annotation {
  return { title: "More failures", message: `${count} more: see the summary and the reports` };
}

function command({ title, message }: Annotation, level: "error" | "notice"): string {
  return `::${level} title=${property(title)}::${data(cut(message, LONGEST_MESSAGE))}\n`;
}

/** `visible` has already escaped carriage returns, which GitHub requires too. */
function data(text: string): string {
  return withoutCommands(visible(text)).replaceAll("%", "%25").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
