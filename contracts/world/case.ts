/** A case: one fact about one operation, and how to test it. */

import type { Category } from "../reports/report.ts";
import type { Basis } from "../spec/basis.ts";
import type { Requirement } from "../target/requirements.ts";
import type { World } from "./world.ts";

export interface Case {
  /** `operationId/name`; stable, because lists of known failures refer to it. */
  readonly id: string;
  readonly operation: string;
  /** The check that the case tests. */
  readonly check?: string;
  readonly category: Category;
  /** The expected behaviour, as a sentence. */
  readonly title: string;
  readonly requires: readonly Requirement[];
  /** Operations that the case calls besides its own. */
  readonly calls?: readonly string[];
  /** Whether the case changes the clock, the policy or the faults. Without a sandbox, it runs alone. */
  readonly alone?: boolean;
  /** Whether the case runs after all others, because it judges what they saw. */
  readonly last?: boolean;
  /** By default that of the check; without a check, a universal rule. `inferred` makes each deviation a finding. */
  readonly basis?: Basis;
  run(world: World): Promise<void>;
}
