/** What a variant is: a legitimate difference, which no page forbids. */
import type { Options } from "../options.ts";

export interface Variant {
  /** What this backend does. */
  readonly does: string;
  /** Why the pages allow it. */
  readonly because: string;
  /** What it changes in a backend with the whole control protocol. */
  readonly options: Options;
}

export type Variants = Readonly<Record<string, Variant>>;
