/** Random combinations of variants that can be one backend. */
import { type Options, withOptions } from "./options.ts";
import { shuffled } from "./order.ts";
import { EVERYTHING } from "./presets.ts";
import { conflict, isSound, variants } from "./variants.ts";

export interface Combination {
  readonly names: readonly string[];
  readonly options: Options;
}

/** Deals all variants out, each to the first combination that it fits; the same seed gives the same combinations. */
export function combinations(count: number, seed: number): readonly Combination[] {
  const dealt: Combination[] = Array.from({ length: count }, () => ({ names: [], options: {} }));
  for (const [index, name] of shuffled(Object.keys(variants), seed).entries()) {
    const turns = dealt.map((_, turn) => (index + turn) % count);
    const place = turns.find((turn) => fits(dealt[turn], name));
    if (place !== undefined) dealt[place] = joined(dealt[place], name);
  }
  return dealt;
}

function fits(combination: Combination | undefined, name: string): boolean {
  const options = variants[name]?.options ?? {};
  const { options: before = {} } = combination ?? {};
  return !conflict(before, options) && isSound(withOptions(EVERYTHING, joinedOptions(before, options)));
}

function joined(combination: Combination | undefined, name: string): Combination {
  const { names = [], options = {} } = combination ?? {};
  return { names: [...names, name], options: joinedOptions(options, variants[name]?.options ?? {}) };
}

/** Conflicts are excluded, so only records of different keys meet. */
function joinedOptions(one: Options, other: Options): Options {
  const joinedRecords = Object.entries(other).map(([key, value]) => {
    const before = (one as Readonly<Record<string, unknown>>)[key];
    return [key, typeof before === "object" && before !== null ? { ...before, ...(value as object) } : value] as const;
  });
  return { ...one, ...Object.fromEntries(joinedRecords) };
}
