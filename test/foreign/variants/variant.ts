/** What a variant is: a legitimate difference, which no page forbids. */
import type { Figures } from "../figures.ts";
import type { Options } from "../options.ts";

export interface Variant {
  /** What this backend does. */
  readonly does: string;
  /** Why the pages allow it. */
  readonly because: string;
  /** What it changes in a backend with the whole control protocol. */
  readonly options: Options;
}

/** Does this without a word of it in the policy. variants.ts adds the same variant with it. */
export function unsaid(figures: Partial<Figures>): Options {
  const keys = Object.keys(figures).map((key) => [key, true] as const);
  return { figures, unstated: Object.fromEntries(keys) };
}

export type Variants = Readonly<Record<string, Variant>>;
