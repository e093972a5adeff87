/** Reads the list of known failures and compares it with the results of a run, so that stale entries show. */

import type { Outcome, StaleEntry } from "../reports/report.ts";
import { pattern } from "./plan.ts";

export interface KnownFailure {
  /** A case id, or a pattern with `*`. */
  readonly pattern: string;
  readonly reason: string;
  /** The last day on which the entry is valid, such as `2027-01-31`. */
  readonly until: string | undefined;
}

/** An invalid line of the list. */
export class ListError extends Error {}

/** One entry per line: `updateMobile/mobile-taken until=2027-01-31 # why`. Skips blank lines and comments. */
export function readKnownFailing(text: string): readonly KnownFailure[] {
  const lines = text.split(/\r?\n/).map((line, index) => ({ line: line.trim(), number: index + 1 }));
  return lines
    .filter(({ line }) => line !== "" && !line.startsWith("#"))
    .map(({ line, number }) => entryOf(line, number));
}

function entryOf(line: string, number: number): KnownFailure {
  const hash = line.indexOf("#");
  const [id = "", ...words] = (hash < 0 ? line : line.slice(0, hash)).trim().split(/\s+/);
  const comment = hash < 0 ? "" : line.slice(hash + 1);
  const deadlines = [...words, ...comment.split(/\s+/)].filter((word) => word.startsWith("until="));
  const stray = words.find((word) => !word.startsWith("until="));
  const reason = comment.replaceAll(/\buntil=\S*/g, "").trim();
  if (id.startsWith("until=")) throw new ListError(`line ${number}: the case id is missing; write it first`);
  if (stray !== undefined)
    throw new ListError(
      `line ${number}: unexpected "${stray}"; expected a case id, an optional until=YYYY-MM-DD, and a reason after #`,
    );
  if (reason === "") throw new ListError(`line ${number}: ${id} has no reason; write one after #`);
  if (deadlines.length > 1) throw new ListError(`line ${number}: ${id} has more than one until=; keep one`);
  return { pattern: id, reason, until: deadlines[0] === undefined ? undefined : dateOf(deadlines[0], number) };
}

function dateOf(word: string, number: number): string {
  const date = word.slice("until=".length);
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? [];
  const lastDay = [31, isLeap(Number(year)) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Number(month) - 1] ?? 0;
  if (Number(day) >= 1 && Number(day) <= lastDay) return date;
  throw new ListError(`line ${number}: invalid date "${date}"; write it like 2027-01-31`);
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

interface CaseOutcome {
  readonly id: string;
  readonly outcome: Outcome;
  readonly reason: string;
}

export interface Reconciled<C> {
  readonly cases: readonly C[];
  readonly stale: readonly StaleEntry[];
}

/**
 * A listed failure is `known`. A listed case that passes, or whose entry has expired, is `stale`. An entry that matches
 * no case of the whole suite is stale too, even if `--only` selects other cases. `today` looks like `2026-11-21`.
 */
export function reconciled<C extends CaseOutcome>(
  cases: readonly C[],
  list: readonly KnownFailure[],
  allIds: readonly string[],
  today: string,
): Reconciled<C> {
  const entries = list.map((entry) => ({
    ...entry,
    matches: pattern(entry.pattern),
    expired: isExpired(entry, today),
  }));
  const updated = cases.map((one) => {
    const entry =
      entries.find(({ matches, expired }) => !expired && matches.test(one.id)) ??
      entries.find(({ matches }) => matches.test(one.id));
    return entry === undefined ? one : { ...one, ...listed(one, entry) };
  });
  const stale = entries.flatMap(({ pattern, reason, until, expired, matches }) => {
    if (!allIds.some((id) => matches.test(id))) return [{ pattern, reason, why: "matches no case" }];
    return expired ? [{ pattern, reason, why: `expired after ${until}` }] : [];
  });
  return { cases: updated, stale };
}

function listed(
  { outcome, reason }: CaseOutcome,
  entry: KnownFailure & { readonly expired: boolean },
): Partial<CaseOutcome> {
  if (outcome === "passed")
    return { outcome: "stale", reason: `listed as a known failure (${entry.reason}), but passes` };
  if (outcome !== "failed") return {};
  if (!entry.expired) return { outcome: "known", reason: `${entry.reason}: ${reason}` };
  return { outcome: "stale", reason: `the entry in the list expired after ${entry.until}: ${reason}` };
}

function isExpired({ until }: KnownFailure, today: string): boolean {
  return until !== undefined && until < today;
}
