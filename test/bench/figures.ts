/** Measured values with their spread, and a table that compares them with their bounds. */

export interface Figure {
  readonly name: string;
  readonly values: readonly number[];
  readonly bound: { readonly atLeast: number } | { readonly atMost: number };
  readonly unit?: string;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Whether the median is within the bound. */
export function isWithin({ values, bound }: Figure): boolean {
  const value = median(values);
  return "atLeast" in bound ? value >= bound.atLeast : value <= bound.atMost;
}

export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { name, values, bound, unit = "" } = figure;
    const wanted = "atLeast" in bound ? `at least ${bound.atLeast}` : `at most ${bound.atMost}`;
    const numbers = [Math.min(...values), median(values), Math.max(...values)].map((value) => value.toFixed(2));
    return `| ${name} | ${numbers.join(" | ")} | ${wanted}${unit} | ${isWithin(figure) ? "yes" : "NO"} |`;
  });
  return ["| figure | min | median | max | to reach | reached |", "|---|---|---|---|---|---|", ...rows, ""].join("\n");
}
