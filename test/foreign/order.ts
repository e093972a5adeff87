/** The order in which an operation carries out its checks. */
import type { Order } from "./options.ts";

type Ranked = { readonly kind: string };

/** The checks in another order. Those of one kind keep theirs, except when reversed or shuffled. */
export function ordered<C extends Ranked>(checks: readonly C[], order: Order): readonly C[] {
  if (order === "usual") return checks;
  if (order === "reversed") return [...checks].reverse();
  if (typeof order === "number") return shuffled(checks, order);
  const [kind, place] = order.split("-") as [string, "first" | "last"];
  const [chosen, others] = [checks.filter((one) => one.kind === kind), checks.filter((one) => one.kind !== kind)];
  return place === "first" ? [...chosen, ...others] : [...others, ...chosen];
}

/** The same seed gives the same order. */
export function shuffled<T>(values: readonly T[], seed: number): readonly T[] {
  const random = randomFrom(seed);
  return values
    .map((value) => [random(), value] as const)
    .sort(([one], [other]) => one - other)
    .map(([, value]) => value);
}

/** A generator of numbers from 0 to 1 (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
