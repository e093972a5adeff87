/** Codes and tokens, which a stranger must not guess from earlier ones. */
import type { World } from "../../world/world.ts";

/** Expects that the values differ, do not grow in equal steps, and are not near to each other. */
export function expectUnpredictable(world: World, what: string, values: readonly string[]): void {
  const distinct = new Set(values).size;
  const repeated = distinct === 1 ? "the same value" : `one of ${distinct} values`;
  if (!world.expect(distinct > MOST_REPEATED, what, "different values", `${repeated} ${values.length} times`)) return;
  const steps = new Set(values.slice(1).map((value, index) => stepBetween(values[index] ?? "", value)));
  const [step] = steps;
  const isCounter = steps.size === 1 && step !== undefined;
  if (!world.expect(!isCounter, what, "values without a pattern", `values in equal steps of ${step}`)) return;
  world.expect(!areNear(values), what, "values far apart", "all of them within one hundredth of the range");
}

/** By chance, five codes of four digits have no more values than this in one of 10,000,000,000 runs. */
const MOST_REPEATED = 2;

/** By chance, five numbers are this near to each other in one of 20,000,000 runs. */
const NEAR = 0.01;

function areNear(values: readonly string[]): boolean {
  const [length = 0, ...otherLengths] = new Set(values.map((value) => value.length));
  if (otherLengths.length > 0 || length > MOST_DIGITS || !values.every((value) => /^\d+$/.test(value))) return false;
  const numbers = values.map(Number);
  return Math.max(...numbers) - Math.min(...numbers) < NEAR * 10 ** length;
}

/** A longer number is a token. The first digits of tokens may be alike. */
const MOST_DIGITS = 8;

const NUMBERS = [
  { pattern: /^(.*?)(\d+)$/s, prefix: "" },
  { pattern: /^(.*?)([\da-f]+)$/is, prefix: "0x" },
] as const;

/** The step from one value to the other, if they differ in one number only: decimal, or else hexadecimal. */
function stepBetween(one: string, other: string): bigint | undefined {
  const tail = commonEnd(one, other);
  const [from, to] = [one.slice(0, one.length - tail), other.slice(0, other.length - tail)];
  for (const { pattern, prefix } of NUMBERS) {
    const [, head, number] = pattern.exec(from) ?? [];
    const [, otherHead, otherNumber] = pattern.exec(to) ?? [];
    if (number !== undefined && otherNumber !== undefined && head === otherHead)
      return BigInt(`${prefix}${otherNumber}`) - BigInt(`${prefix}${number}`);
  }
  return undefined;
}

function commonEnd(one: string, other: string): number {
  let length = 0;
  while (length < Math.min(one.length, other.length) && one.at(-1 - length) === other.at(-1 - length)) length++;
  return length;
}
