/** Failures as GitHub workflow commands, which GitHub shows on the page of a run. */
import type { Report, ReportedCase, StaleEntry } from "./report.ts";
import { byReason, withOutcome } from "./shared/grouping.ts";
import { cut, visible } from "./shared/visible-text.ts";
import { casesText } from "./shared/words.ts";

/** GitHub keeps only this many annotations per job. */
const MOST = 50;
const LONGEST_MESSAGE = 1_000;

interface Annotation {
  readonly title: string;
  readonly message: string;
}

/** One line per failure; empty without failures. */
export function annotations({ inconclusive, hints, cases, stale_entries }: Report): string {
  const all = [
    ...(inconclusive === null ? [] : [{ title: "inconclusive", message: inconclusive }]),
    ...withOutcome(cases, "failed", "stale").map(ofFailure),
    ...byReason(withOutcome(cases, "error")).map(ofErrors),
    ...stale_entries.map(ofStaleEntry),
  ];
  const shown = all.length <= MOST ? all : [...all.slice(0, MOST - 1), ofRest(all.length - MOST + 1)];
  const notices = hints.map((message) => command({ title: "Hint", message }, "notice"));
  return [...shown.map((one) => command(one, "error")), ...notices].join("");
}

function ofFailure({ id, title, reason, violations }: ReportedCase): Annotation {
  const seen = violations.map(({ what, expected, got }) => `${what}: expected ${expected}, got ${got}`);
  return { title: id, message: [title, ...(seen.length > 0 ? seen : [reason])].join("\n") };
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
  return visible(text).replaceAll("%", "%25").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
