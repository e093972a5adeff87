/** Groups the cases of a report by operation, by reason and by missing capability, for every format. */
import type { Category, CoverageRow, Outcome, Report, ReportedCase, Violation } from "../report.ts";
import { withoutVariables } from "./without-variables.ts";

/** The most important outcome first. */
export const worstFirst = [
  "error",
  "failed",
  "stale",
  "finding",
  "known",
  "blocked",
  "not-applicable",
  "passed",
] as const satisfies readonly Outcome[];

export interface OperationGroup {
  readonly operation: string;
  readonly cases: readonly ReportedCase[];
  readonly rows: readonly MatrixRow[];
  /** The cases without a row of their own. */
  readonly further: ReadonlyMap<Category, readonly ReportedCase[]>;
}

/** The documented success (`success`), or one documented error with all its checks. */
export interface MatrixRow {
  readonly success: boolean;
  readonly error: string | null;
  readonly checks: readonly CoverageRow[];
}

export function byOperation(report: Report): OperationGroup[] {
  const cases = groupedBy(report.cases, ({ operation }) => operation);
  const coverage = groupedBy(report.coverage, ({ operation }) => operation);
  const operations = new Set([...cases.keys(), ...coverage.keys()]);
  return [...operations].map((operation) => operationGroup(operation, cases.get(operation), coverage.get(operation)));
}

function operationGroup(
  operation: string,
  cases: readonly ReportedCase[] = [],
  coverage: readonly CoverageRow[] = [],
): OperationGroup {
  const errors = groupedBy(coverage.filter(isCheck), ({ error }) => error);
  const success = coverage.filter((row) => !isCheck(row));
  const covered = new Set(coverage.map(({ check }) => check));
  const rows = [...errors].map(([error, checks]) => ({ success: false, error, checks }));
  return {
    operation,
    cases,
    rows: success.length === 0 ? rows : [{ success: true, error: null, checks: success }, ...rows],
    further: groupedBy(
      cases.filter((one) => !isInMatrix(one, covered)),
      ({ axis }) => axis,
    ),
  };
}

function isCheck({ check }: CoverageRow): boolean {
  return check !== null;
}

/** The success has no check. A case about an error without a check has no row. */
function isInMatrix({ axis, check }: ReportedCase, covered: ReadonlySet<string | null>): boolean {
  return (axis === "success" ? check === null : axis === "error" && check !== null) && covered.has(check);
}

/** The groups in the order of their first members. */
export function groupedBy<T, K>(items: readonly T[], key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** The largest group first: a reason with many cases before reasons with few. */
function largestFirst<K, T>(groups: Map<K, T[]>): [K, T[]][] {
  return [...groups].sort(([, a], [, b]) => b.length - a.length);
}

export function withOutcome(cases: readonly ReportedCase[], ...outcomes: readonly Outcome[]): ReportedCase[] {
  return cases.filter(({ outcome }) => outcomes.includes(outcome));
}

/** With the reason of the first case of each group. */
export function byReason(cases: readonly ReportedCase[]): [reason: string, cases: ReportedCase[]][] {
  const groups = largestFirst(groupedBy(cases, ({ reason }) => withoutVariables(reason)));
  return groups.map(([, group]) => [group[0]?.reason ?? "", group]);
}

export interface BlockedGroup {
  /** The capabilities that would unblock these cases; empty for another reason. */
  readonly missing: readonly string[];
  readonly reason: string;
  readonly cases: readonly ReportedCase[];
}

export function byMissing(cases: readonly ReportedCase[]): BlockedGroup[] {
  const groups = groupedBy(cases, (one) =>
    JSON.stringify(isPlain(one) ? [...one.missing].sort() : withoutVariables(one.reason)),
  );
  return largestFirst(groups).map(([, group]) => {
    const [first] = group;
    const missing = first !== undefined && isPlain(first) ? [...first.missing].sort() : [];
    return { missing, reason: first?.reason ?? "", cases: group };
  });
}

/** Whether the reason only lists the missing capabilities. Otherwise it says what is wrong with the target. */
function isPlain({ missing, reason }: ReportedCase): boolean {
  return missing.length > 0 && !/^the target (declares|does not know) /.test(reason);
}

/** The case id without its operation. */
export function nameOf({ id, operation }: Pick<ReportedCase, "id" | "operation">): string {
  return id.startsWith(`${operation}/`) ? id.slice(operation.length + 1) : id;
}

/** The name of the check in a cell of the matrix. */
export function checkName({ check }: CoverageRow): string {
  return check ?? "success";
}

/** The reason; empty if it only repeats the title or the violations, which are shown beside it. */
export function furtherReason({ reason, title, violations }: ReportedCase): string {
  const repeats = ({ what, expected, got }: Violation) => [what, expected, got].every((part) => reason.includes(part));
  return violations.some(repeats) || reason === title ? "" : reason;
}
