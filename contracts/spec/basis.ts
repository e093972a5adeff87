/** How well an expectation is founded, and where it comes from. */

import type { Strength } from "../reports/report.ts";

export interface Basis {
  readonly strength: Strength;
  /** The page that prints the expectation, or the reasoning behind it. */
  readonly source: string;
}

export function universal(source: string): Basis {
  return { strength: "universal", source };
}

export function inferred(source: string): Basis {
  return { strength: "inferred", source };
}

export const UNIVERSAL = universal("A rule that holds for every implementation.");

/** The less founded of two; the first one of equals. */
export function weaker(one: Basis, other: Basis): Basis {
  return RANK[other.strength] < RANK[one.strength] ? other : one;
}

const RANK = { inferred: 0, documented: 1, universal: 2 } as const satisfies Record<Strength, number>;
