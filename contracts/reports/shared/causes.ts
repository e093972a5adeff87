/** Groups failures and findings by cause, so that a report tells each mistake of the target once. */
import type { Likeness, ReportedCase, ReportedCause, Violation } from "../report.ts";
import { keyOf, type Occurrence, refusedOperations, responseKeyOf, subjectOf } from "./alike.ts";
import { furtherReason, groupedBy, withOutcome } from "./grouping.ts";

export interface Cause {
  /** What was checked; without the name of the check if the cases have several. */
  readonly what: string;
  readonly likeness: Likeness;
  /** One for each case that shows it. The first one is the example. */
  readonly occurrences: readonly [Occurrence, ...Occurrence[]];
}

/** What one case alone shows. */
export interface OwnFailure {
  readonly case: ReportedCase;
  readonly occurrences: readonly Occurrence[];
  /** The causes of the case that other cases show too. */
  readonly shared: readonly Cause[];
}

export interface Failures {
  /** With more than one case each, the largest first. */
  readonly shared: readonly Cause[];
  readonly own: readonly OwnFailure[];
}

/** So many checks with one response have one cause. Fewer may be separate mistakes that look the same. */
const MANY_CHECKS = 5;

/** Each failed or stale case is in a shared cause, has an own failure, or both. */
export function failuresOf(cases: readonly ReportedCase[]): Failures {
  const causes = failureCauses(cases);
  const shared = causes.filter(({ occurrences }) => occurrences.length > 1);
  const single = causes.filter(({ occurrences }) => occurrences.length === 1);
  const own = withOutcome(cases, "failed", "stale").map((one) => ({
    case: one,
    occurrences: single.flatMap(({ occurrences }) => occurrences.filter((occurrence) => occurrence.case === one)),
    shared: shared.filter(({ occurrences }) => occurrences.some((occurrence) => occurrence.case === one)),
  }));
  return { shared, own: own.filter((one) => one.occurrences.length > 0 || one.shared.length === 0) };
}

/** For the JSON report. */
export function reportedCauses(cases: readonly ReportedCase[]): readonly ReportedCause[] {
  const reported = (verdict: ReportedCause["verdict"]) => (cause: Cause) => {
    const [{ violation }] = cause.occurrences;
    const { expected, got, strength, source, exchange } = violation;
    const ids = cause.occurrences.map((one) => one.case.id);
    const { what, likeness } = cause;
    return { verdict, likeness, what, expected, got, strength, source, cases: ids, exchange };
  };
  return [...failureCauses(cases).map(reported("failed")), ...findingsOf(cases).map(reported("finding"))];
}

function failureCauses(cases: readonly ReportedCase[]): readonly Cause[] {
  return causesOf(withOutcome(cases, "failed", "stale").flatMap(failuresIn));
}

/** The findings of a run, also those of failed cases. */
export function findingsOf(cases: readonly ReportedCase[]): readonly Cause[] {
  return causesOf(withOutcome(cases, "finding", "failed").flatMap(findingsIn));
}

function failuresIn(one: ReportedCase): Occurrence[] {
  const failed = one.violations.filter(({ verdict }) => verdict === "failed");
  return occurrencesIn(one, failed.length > 0 ? failed : one.violations);
}

function findingsIn(one: ReportedCase): Occurrence[] {
  const { outcome, violations } = one;
  const isOnlyFindings = outcome === "failed" && violations.every(({ verdict }) => verdict === "finding");
  // Those of a failed case without any failure are told with its failure.
  if (isOnlyFindings) return [];
  return occurrencesIn(one, outcome === "finding" ? violations : violations.filter((it) => it.verdict === "finding"));
}

function occurrencesIn(one: ReportedCase, violations: readonly Violation[]): Occurrence[] {
  return violations.map((violation) => ({ case: one, violation, further: 0 }));
}

/** The largest first. */
function causesOf(occurrences: readonly Occurrence[]): readonly Cause[] {
  const refused = refusedOperations([...new Set(occurrences.map((one) => one.case))]);
  const keyed = occurrences.map((occurrence) => ({ occurrence, key: keyOf(occurrence, refused) }));
  const groups = groupedBy(keyed, ({ key, occurrence }) =>
    JSON.stringify([occurrence.case.outcome, furtherReason(occurrence.case), ...key]),
  );
  const causes = [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined
      ? []
      : causeOf(
          group.map(({ occurrence }) => occurrence),
          first.key[0],
        );
  });
  return merged(causes).toSorted((one, other) => other.occurrences.length - one.occurrences.length);
}

/** Joins the causes of many checks that get the same response. */
function merged(causes: readonly Cause[]): readonly Cause[] {
  const groups = groupedBy(causes, (cause) => {
    const [{ case: about }] = cause.occurrences;
    const response = cause.likeness === "same" ? responseKeyOf(cause.occurrences[0]) : undefined;
    return response === undefined ? cause : JSON.stringify([about.outcome, furtherReason(about), response]);
  });
  return [...groups.values()].flatMap((group) =>
    group.length < MANY_CHECKS
      ? group
      : causeOf(
          group.flatMap(({ occurrences }) => occurrences),
          "response",
        ),
  );
}

/** One occurrence for each case. The example of a refused valid request is that request. */
function causeOf(all: readonly Occurrence[], likeness: Likeness): readonly Cause[] {
  const byCase = [...groupedBy(all, (one) => one.case).values()];
  const each = byCase.flatMap(([first, ...further]) => (first === undefined ? [] : [further.reduce(andMore, first)]));
  const ordered = likeness === "refused" ? each.toSorted((one, other) => rank(one) - rank(other)) : each;
  const [example, ...rest] = ordered;
  if (example === undefined) return [];
  return [{ what: subjectOf(likeness, ordered), likeness, occurrences: [example, ...rest] }];
}

function andMore(first: Occurrence, other: Occurrence): Occurrence {
  return { ...first, further: first.further + 1 + other.further };
}

function rank({ case: { axis, check } }: Occurrence): number {
  return axis === "success" && check === null ? 0 : 1;
}
