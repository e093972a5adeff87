/** Values that nobody may guess from earlier ones: codes and tokens. */
import type { World } from "../../world/world.ts";

/** Expects that the values are not all the same, and do not grow in equal steps. */
export function expectUnpredictable(world: World, what: string, values: readonly string[]): void {
  const isRepeated = new Set(values).size === 1;
  if (!world.expect(!isRepeated, what, "different values", `the same value ${values.length} times`)) return;
  const steps = new Set(values.slice(1).map((value, index) => stepBetween(values[index] ?? "", value)));
  const [step] = steps;
  const isCounter = steps.size === 1 && step !== undefined;
  world.expect(!isCounter, what, "values without a pattern", `values in equal steps of ${step}`);
}

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
