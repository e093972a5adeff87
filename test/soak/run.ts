/**
 * `npm run soak [-- <part>... --seed <number> --share <number>]`: long random runs against the mock. Prints the seed and a table.
 * Exits with 1 if a part found a fault. `--share 0.1` does a tenth of the work.
 */
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { fuzz } from "./fuzz.ts";
import { kills } from "./kills.ts";
import { model } from "./model.ts";
import { races } from "./races.ts";
import { redis } from "./redis.ts";
import type { Part, Row } from "./row.ts";

const parts: Readonly<Record<string, Part>> = { fuzz, model, races, kills, redis };

const { values, positionals } = parseArgs({
  options: { seed: { type: "string" }, share: { type: "string", default: "1" } },
  allowPositionals: true,
});
const unknown = positionals.find((name) => !Object.hasOwn(parts, name));
if (unknown !== undefined) throw new Error(`unknown part "${unknown}"; the parts are ${Object.keys(parts).join(", ")}`);
const seed = Number(values.seed ?? randomInt(1_000_000_000));
const share = Number(values.share);
if (!Number.isSafeInteger(seed) || !(share > 0)) throw new Error("--seed is a whole number, --share is above 0");

process.stdout.write(`seed ${seed}, share ${share}\n`);
const rows: Row[] = [];
for (const [name, part] of Object.entries(parts)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  process.stderr.write(`${name} ...\n`);
  rows.push(...(await part({ seed, share })));
}
const lines = rows.map(
  ({ part, what, value, fault }) => `| ${part} | ${what} | ${value} | ${fault ? "FAULT" : "ok"} |`,
);
process.stdout.write(`${["| part | what | value | |", "|---|---|---|---|", ...lines].join("\n")}\n`);
// Servers and agents are closed, but a fault may have left one open.
process.exit(rows.some(({ fault }) => fault) ? 1 : 0);
