/** The open choices of a run: what the target does where the documents leave it open, merged over all cases. */
import type { OpenChoice, ReportedCase } from "../reports/report.ts";

/** In the order of the cases. A choice that the target makes in two ways has two entries. */
export function openChoices(cases: readonly Pick<ReportedCase, "id" | "choices">[]): readonly OpenChoice[] {
  const found = new Map<string, OpenChoice>();
  for (const { id, choices } of cases) {
    for (const choice of choices) {
      const key = JSON.stringify([choice.choice, choice.target]);
      const known = found.get(key);
      found.set(key, { ...choice, cases: [...(known?.cases ?? []), id] });
    }
  }
  return [...found.values()];
}
