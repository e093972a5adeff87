/**
 * `npm run bench`: every value of the built package as a ratio to a baseline of the same run. Exits with 1 if a bound is
 * missed.
 */
import { type Figure, isWithin, table } from "./figures.ts";
import { costAmongAMillion, growthByCodes, heapPerAccount } from "./memory.ts";
import { redis } from "./redis.ts";
import { size } from "./size.ts";
import { start } from "./start.ts";
import { throughput } from "./throughput.ts";
import { verify } from "./verify.ts";

const parts: Record<string, () => Promise<Figure[]>> = {
  throughput,
  redis,
  start,
  size,
  verify,
  accounts: async () => [await heapPerAccount()],
  codes: async () => [await growthByCodes()],
  million: async () => [await costAmongAMillion()],
};

const wanted = process.argv.slice(2);
const figures: Figure[] = [];
for (const [name, measure] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stderr.write(`${name} ...\n`);
  figures.push(...(await measure()));
}
process.stdout.write(`\n${table(figures)}`);
process.exitCode = figures.every(isWithin) ? 0 : 1;
