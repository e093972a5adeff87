/** The cases of a run, and which of them the target can run. Computed before the first request to the API. */

import type { Spec } from "../spec/types.ts";
import { missingOf } from "../target/requirements.ts";
import { type Capability, capabilitiesOf, type Target } from "../target/target.ts";
import type { Case } from "../world/case.ts";

export interface PlannedCase {
  readonly case: Case;
  /** Why the case does not apply to the target; the case does not run. */
  readonly notApplicable: string | undefined;
  /** The capabilities that the target lacks; the case does not run. */
  readonly missing: readonly string[];
  /** Why the case is blocked; the case does not run. */
  readonly blocked?: string | undefined;
}

/** Why cases do not run, although the target claims or declares what they require. */
export interface Obstacles {
  /** By operation that the target does not have. */
  readonly absent: ReadonlyMap<string, string>;
  /** By dialect that does not know the client id. */
  readonly unknownClient: ReadonlyMap<string, string>;
  /** By capability that does not work although the target declares it. */
  readonly unusable: ReadonlyMap<Capability, string>;
}

const NONE: Obstacles = { absent: new Map(), unknownClient: new Map(), unusable: new Map() };

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
  obstacles: Obstacles = NONE,
): readonly PlannedCase[] {
  const offered = new Set(capabilitiesOf(target));
  for (const capability of obstacles.unusable.keys()) offered.delete(capability);
  return selected(ordered(spec, cases), selection.only).map((one) => {
    const missing = missingOf(one.requires, offered);
    return {
      case: one,
      notApplicable: whyNot(spec, one, target, obstacles, selection.dialects),
      missing,
      blocked: whyBlocked(spec, one, obstacles, missing),
    };
  });
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

/** Cases that must run alone come later, so that they delay no others. Cases that judge what others saw come last. */
export function inRunningOrder(cases: readonly Case[]): readonly Case[] {
  const rank = ({ alone = false, last = false }: Case) => (last ? 2 : Number(alone));
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

function whyNot(
  spec: Spec,
  one: Case,
  target: Target,
  { absent }: Obstacles,
  dialects: readonly string[] | undefined,
): string | undefined {
  for (const id of [one.operation, ...(one.calls ?? [])]) {
    const dialect = dialectOf(spec, id);
    const claimed = target.dialects?.includes(dialect) ?? true;
    if (!claimed) return `the target does not claim the dialect ${dialect}`;
    if (target.operations?.includes(id) === false) return `the target does not claim ${id}`;
    if (dialects !== undefined && !dialects.includes(dialect)) return `dialect ${dialect} is not selected`;
    if (absent.has(id)) return absent.get(id);
  }
  return undefined;
}

function whyBlocked(
  spec: Spec,
  { operation, calls = [] }: Case,
  { unknownClient, unusable }: Obstacles,
  missing: readonly string[],
): string | undefined {
  const unknown = [operation, ...calls].map((id) => unknownClient.get(dialectOf(spec, id))).find(Boolean);
  if (unknown !== undefined) return `the ${unknown}`;
  if (missing.length === 0) return undefined;
  if (missing.includes("unique-codes")) return `${missing.join(", ")}: all codes of the target are the same`;
  const names = missing.flatMap((additions) => additions.split(/[|+]/)) as readonly Capability[];
  const broken = names.find((name) => unusable.has(name));
  return broken === undefined ? needs(missing) : unusable.get(broken);
}

function needs(missing: readonly string[]): string {
  return `needs ${missing.join(", ")}`;
}

function dialectOf(spec: Spec, operation: string): string {
  return spec.operations.find(({ id }) => id === operation)?.dialect ?? "";
}
