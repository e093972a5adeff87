/** Whether a finding is nothing but a choice that the report lists under the open choices. */
import type { Occurrence } from "./alike.ts";
import type { Cause } from "./causes.ts";

export function isOpenChoice({ occurrences }: Cause): boolean {
  return occurrences.every(isChoice);
}

function isChoice({ case: { operation, choices }, violation }: Occurrence): boolean {
  if (violation.strength !== "inferred") return false;
  return choices.some(
    ({ choice }) =>
      choice === `${operation}/order` || violation.what === `error code (${choice.slice(operation.length + 1)})`,
  );
}
