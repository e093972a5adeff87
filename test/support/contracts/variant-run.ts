/** Runs all cases against the foreign backend, in process, and checks that none fails. */
import { expect, test } from "vitest";
import { controlTarget, type Report } from "../../../contracts/index.ts";
import { runAll } from "../../../contracts/runner/run-all.ts";
import { packagedSpec } from "../../../contracts/spec/spec-file.ts";
import { newBackend } from "../../foreign/backend.ts";
import { type Options, withOptions } from "../../foreign/options.ts";
import { EVERYTHING } from "../../foreign/presets.ts";
import type { Variants } from "../../foreign/variants/variant.ts";

const spec = packagedSpec();

/** The whole backend, but for these options; by default all cases. */
export async function runVariant(options: Options, only: readonly string[] = []): Promise<Report> {
  const { fetch, clientId } = newBackend({ choices: withOptions(EVERYTHING, options) });
  const open = () => controlTarget({ baseUrl: "http://foreign.test", clientId, fetch });
  return runAll(spec, open, { seed: "foreign", version: "0", only });
}

/** What a legitimate backend must not get; empty for a run that accuses it of nothing. */
export function accusationsIn({ inconclusive, cases }: Report): readonly string[] {
  const accused = cases.filter(({ outcome }) => outcome === "failed" || outcome === "error");
  const words = accused.map(({ id, outcome, reason }) => `${id}: ${outcome}, ${reason}`);
  return inconclusive === null ? words : [`inconclusive: ${inconclusive}`, ...words];
}

/** One test for each variant: the suite accuses it of nothing, and has run. */
export function testVariants(variants: Variants): void {
  test.each(Object.entries(variants))("%s: no case fails", async (_name, { options }) => {
    const report = await runVariant(options);
    expect(accusationsIn(report)).toEqual([]);
    expect(report.summary.passed).toBeGreaterThan(0);
  });
}
