/** The cases of a run, and which of them the target can run. Computed before the first request to the API. */

import type { Spec } from "../spec/types.ts";
import { missingOf } from "../target/requirements.ts";
import { capabilitiesOf, type Target } from "../target/target.ts";
import type { Case } from "../world/case.ts";

export interface PlannedCase {
  readonly case: Case;
  /** Why the case does not apply to the target; the case does not run. */
  readonly notApplicable: string | undefined;
  /** The capabilities that the target lacks; the case does not run. */
  readonly missing: readonly string[];
}

export interface Selection {
  /** Only these dialects; by default those that the target claims. */
  readonly dialects?: readonly string[];
  /** Patterns of case ids; by default all cases. */
  readonly only?: readonly string[];
}

/** The selected cases, each with its obstacles. */
export function planOf(
  spec: Spec,
  cases: readonly Case[],
  target: Target,
  selection: Selection = {},
): readonly PlannedCase[] {
  const offered = new Set(capabilitiesOf(target));
  return selected(ordered(spec, cases), selection.only).map((one) => ({
    case: one,
    notApplicable: whyNot(spec, one, target, selection.dialects),
    missing: missingOf(one.requires, offered),
  }));
}

/** By operation as in openapi.yaml: its success, its checks in their order, then the other cases. */
export function ordered(spec: Spec, cases: readonly Case[]): readonly Case[] {
  return spec.operations.flatMap(({ id, checks }) => {
    const own = cases.filter(({ operation }) => operation === id);
    const rank = ({ category, check }: Case) => {
      if (category === "success") return 0;
      return check === undefined ? checks.length + 1 : checks.indexOf(check) + 1;
    };
    return own.sort((one, other) => rank(one) - rank(other));
  });
}

/** Cases that must run alone come later, so that they delay no others. */
export function inRunningOrder(cases: readonly Case[]): readonly Case[] {
  const rank = ({ alone = false }: Case) => Number(alone);
  return cases.toSorted((one, other) => rank(one) - rank(other));
}

export function selected(cases: readonly Case[], only: readonly string[] | undefined): readonly Case[] {
  if (only === undefined || only.length === 0) return cases;
  const patterns = only.map(pattern);
  return cases.filter(({ id }) => patterns.some((one) => one.test(id)));
}

/** `*` stands for any text, so `updateMobile/*` selects all cases of an operation. */
export function pattern(text: string): RegExp {
  const parts = text.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`);
}

function whyNot(spec: Spec, one: Case, target: Target, dialects: readonly string[] | undefined): string | undefined {
  for (const id of [one.operation, ...(one.calls ?? [])]) {
    const dialect = spec.operations.find((operation) => operation.id === id)?.dialect ?? "";
    const claimed = target.dialects?.includes(dialect) ?? true;
    if (!claimed) return `the target does not claim the dialect ${dialect}`;
    if (target.operations?.includes(id) === false) return `the target does not claim ${id}`;
    if (dialects !== undefined && !dialects.includes(dialect)) return `dialect ${dialect} is not selected`;
  }
  return undefined;
}
