/** Checks the names by which a target describes itself against openapi.yaml. */

import type { Spec } from "../spec/types.ts";
import { assertKnownNames, assertKnownValue, assertNoMisspelling } from "../target/known-names.ts";
import { TARGET_FIELDS, type Target } from "../target/target.ts";

/** Throws `DescriptionError` for a name that does not exist: its cases would be left out without a word. */
export function assertDescribed(spec: Spec, target: Target): void {
  const owner = `the target ${target.name}`;
  const { operations, dialects, codeSemantics } = target;
  const ids = spec.operations.map(({ id }) => id);
  const fields = Object.entries(target).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const names = [...new Set(spec.operations.map(({ dialect }) => dialect))];
  assertKnownNames(operations, { owner, field: "operations", kind: "operation", known: ids });
  assertKnownNames(dialects, { owner, field: "dialects", kind: "dialect", known: names });
  assertKnownValue(codeSemantics, { owner, field: "codeSemantics", known: ["unique", "fixed"] });
  assertNoMisspelling(fields, { owner, known: TARGET_FIELDS });
}
