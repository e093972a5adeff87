/** The suite accuses no backend that combines several legitimate variants. COMBINATION_SEED=<number> deals others. */
import { expect, test } from "vitest";
import { accusationsIn, runVariant } from "../support/contracts/variant-run.ts";
import { combinations } from "./combinations.ts";
import { variants } from "./variants.ts";

const COMBINATIONS = 30;
const seed = Number(process.env["COMBINATION_SEED"] ?? 7);
const dealt = combinations(COMBINATIONS, seed);

test.each(dealt.map(({ names, options }, index) => [index + 1, names, options] as const))(
  `COMBINATION_SEED=${seed}, combination %i: no case fails`,
  async (_index, names, options) => {
    const accusations = accusationsIn(await runVariant(options));
    expect({ names, accusations }).toEqual({ names, accusations: [] });
  },
);

test("the same seed gives the same combinations, and nearly every variant is in one", () => {
  expect(combinations(COMBINATIONS, seed)).toEqual(dealt);
  const used = new Set(dealt.flatMap(({ names }) => names));
  expect(used.size).toBeGreaterThan(0.9 * Object.keys(variants).length);
  expect(Math.min(...dealt.map(({ names }) => names.length))).toBeGreaterThan(1);
});
