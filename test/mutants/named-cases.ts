/** The cases that must notice a mutant: those that match its patterns, without those of another dialect. */

import { selected } from "../../contracts/runner/plan.ts";
import type { Spec } from "../../contracts/spec/types.ts";
import type { Case } from "../../contracts/world/case.ts";
import type { Mutant } from "./mutant.ts";

export function namedCases({ file, kills }: Mutant, cases: readonly Case[], spec: Spec): readonly Case[] {
  // An empty list of patterns would select every case.
  const named = kills.length === 0 ? [] : selected(cases, kills);
  const dialect = /^dialects\/([^/]+)\//.exec(file)?.[1];
  const own = new Set(spec.operations.filter((one) => one.dialect === dialect).map(({ id }) => id));
  return dialect === undefined ? named : named.filter(({ operation }) => own.has(operation));
}
