/** Runs all cases against a variant of the foreign backend, in process. */
import { controlTarget, type Report } from "../../../contracts/index.ts";
import { runAll } from "../../../contracts/runner/run-all.ts";
import { packagedSpec } from "../../../contracts/spec/spec-file.ts";
import { newBackend } from "../../foreign/backend.ts";
import { type Options, withOptions } from "../../foreign/options.ts";
import { EVERYTHING } from "../../foreign/presets.ts";

const spec = packagedSpec();

/** The whole backend, but for these options; by default all cases. */
export async function runVariant(options: Options, only: readonly string[] = []): Promise<Report> {
  const { fetch, clientId } = newBackend({ choices: withOptions(EVERYTHING, options) });
  const open = () => controlTarget({ baseUrl: "http://foreign.test", clientId, fetch });
  // A gateway may ask for seconds. In process a wait says nothing, so none is made.
  return runAll(spec, open, { seed: "foreign", version: "0", only, pause: async () => undefined });
}

/** What a legitimate backend must not get; empty for a run that accuses it of nothing. */
export function accusationsIn({ inconclusive, cases }: Report): readonly string[] {
  const accused = cases.filter(({ outcome }) => outcome === "failed" || outcome === "error");
  const words = accused.map(({ id, outcome, reason }) => `${id}: ${outcome}, ${reason}`);
  return inconclusive === null ? words : [`inconclusive: ${inconclusive}`, ...words];
}
