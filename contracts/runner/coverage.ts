/** Which checks of which operations ran, and with what outcome. */
import type { CoverageRow, Outcome } from "../reports/report.ts";
import type { Spec } from "../spec/types.ts";

interface CoveredCase {
  readonly operation: string;
  readonly check: string | null;
  readonly axis: string;
  readonly outcome: Outcome;
}

/** One row for each check of each claimed operation with a case in the run, after the documented success. */
export function coverageOf(
  spec: Spec,
  claimed: readonly string[],
  cases: readonly CoveredCase[],
): readonly CoverageRow[] {
  const operations = spec.operations.filter(({ id }) => claimed.includes(id));
  return operations.flatMap(({ id, checks, errors }) =>
    [null, ...checks].flatMap((check) => {
      const found = cases.find(
        (one) => one.operation === id && one.check === check && (check !== null || one.axis === "success"),
      );
      const error = check === null ? null : (errors.get(check)?.code ?? null);
      return found === undefined ? [] : [{ operation: id, check, error, outcome: found.outcome }];
    }),
  );
}
