/** Words and numbers that several formats share. */
import type { Summary } from "../report.ts";
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

/** Such as "clock and (codes or messages)". */
export function capabilitiesText(missing: readonly string[]): string {
  const alone = missing.length === 1;
  const named = missing.map((one) => {
    const alternatives = one.split("|").join(" or ");
    return alone || alternatives === one ? alternatives : `(${alternatives})`;
  });
  return named.join(" and ");
}
