/**
 * The table of verdicts: what a difference from the contract means for the case.
 *
 * | the difference                                                       | verdict |
 * |----------------------------------------------------------------------|---------|
 * | a server error, a response in no known form, a change after a refusal | failed  |
 * | in a case that assumes a policy value which the target does not state | finding |
 * | in the order of checks (failed with `--strict-order`)                 | finding |
 * | from an inferred expectation                                          | finding |
 * | from a documented expectation, or from a universal rule               | failed  |
 *
 * With `--strict`, every difference is a failure.
 */
import type { Category } from "../reports/report.ts";
import type { Deviation } from "../world/world.ts";

export interface VerdictOptions {
  /** Whether a finding is a failure. */
  readonly strict?: boolean;
  /** Whether the target must check in the order of openapi.yaml. */
  readonly strictOrder?: boolean;
}

interface Circumstances extends VerdictOptions {
  readonly category: Category;
  /** Whether the case relied on a policy value that the target does not state. */
  readonly assumes: boolean;
}

export function verdictOn(
  { basis, certain }: Pick<Deviation, "basis" | "certain">,
  { category, assumes, strict = false, strictOrder = false }: Circumstances,
): "failed" | "finding" {
  if (strict || certain) return "failed";
  if (assumes) return "finding";
  if (category === "order") return strictOrder ? "failed" : "finding";
  return basis.strength === "inferred" ? "finding" : "failed";
}
