/** Words and numbers that several formats share. */
import type { Likeness, ReportedCase, Strength, Summary, Violation } from "../report.ts";
import { countOf } from "../summary.ts";

type Counts = Omit<Summary, "total" | "driven_percent">;

export function allCounts(summary: Counts): string {
  return Object.values(countOf).map(counted(summary)).join(", ");
}

export function countsThatAreNotZero(summary: Counts): string {
  const keys = Object.values(countOf).filter((key) => summary[key] > 0);
  return keys.map(counted(summary)).join(", ") || "none";
}

function counted(summary: Counts) {
  return (key: keyof Counts) => {
    const count = summary[key];
    return `${count} ${(count === 1 ? key.replace(/s$/, "") : key).replace("_", " ")}`;
  };
}

export function casesText(count: number): string {
  return count === 1 ? "1 case" : `${count} cases`;
}

/** How well an expectation is founded, such as "documented: page user-self-service/update-mobile.html". */
export function basisText({ strength, source }: { readonly strength: Strength; readonly source: string }): string {
  return `${strength}: ${source}`;
}

/** Whether a difference from a well-founded expectation is only a finding, because the case assumes a figure. */
export function assumesFigure({ axis }: Pick<ReportedCase, "axis">, { strength, verdict }: Violation): boolean {
  return verdict === "finding" && strength !== "inferred" && axis !== "order";
}

export function assumptionText(about: Pick<ReportedCase, "axis">, violation: Violation): string {
  return assumesFigure(about, violation) ? "assumes a figure that the target does not state; " : "";
}

/** What the cases of one cause have in common; empty if nothing needs an explanation. */
export const likenessText: Readonly<Record<Likeness, string>> = {
  same: "",
  characters: "Each value differs in the same characters.",
  language: "Each text is in the other language.",
  response: "All these requests get the same response.",
  refused: "Valid requests are refused like this, so other requests get the same response.",
};

/** Such as "clock and (codes or messages)". */
export function capabilitiesText(missing: readonly string[]): string {
  const alone = missing.length === 1;
  const named = missing.map((one) => {
    const alternatives = one.split("|").join(" or ");
    return alone || alternatives === one ? alternatives : `(${alternatives})`;
  });
  return named.join(" and ");
}
