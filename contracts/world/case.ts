/** A case: one fact about one operation, with what it takes to find out. */

import type { Category } from "../reports/report.ts";
import type { Requirement } from "../target/requirements.ts";
import type { World } from "./world.ts";

export interface Case {
  /** `operationId/name`; stable, for lists of known failures depend on it. */
  readonly id: string;
  readonly operation: string;
  /** The check that it is about. */
  readonly check?: string;
  readonly category: Category;
  /** What holds when it passes, as a sentence. */
  readonly title: string;
  readonly requires: readonly Requirement[];
  /** Operations that it calls beside its own. */
  readonly calls?: readonly string[];
  /** Whether it moves time, policy or faults: without a sandbox of its own it runs when no other does. */
  readonly alone?: boolean;
  run(world: World): Promise<void>;
}
