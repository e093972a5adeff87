/** Runs cases of the contract suite without a test runner, and records the requests of each. */

import { allCases } from "../../../contracts/all-cases.ts";
import type { Target } from "../../../contracts/index.ts";
import { type CaseResult, outcomeOf } from "../../../contracts/runner/outcome.ts";
import { planOf } from "../../../contracts/runner/plan.ts";
import { sideBySide } from "../../../contracts/runner/side-by-side.ts";
import { packagedSpec } from "../../../contracts/spec/spec-file.ts";
import type { Case } from "../../../contracts/world/case.ts";
import { openSession } from "../../../contracts/world/session.ts";
import type { Recorded } from "../../../contracts/world/world.ts";

interface RecordedCase {
  readonly result: CaseResult;
  /** In the order of the responses. */
  readonly exchanges: readonly Recorded[];
}

interface RunOptions {
  readonly seed: string;
  readonly cases?: readonly Case[];
  /** How many cases run side by side; by default 16. */
  readonly atOnce?: number;
}

export async function recordedRun(target: Target, options: RunOptions): Promise<readonly RecordedCase[]> {
  const { seed, cases = allCases, atOnce = 16 } = options;
  const spec = packagedSpec();
  const session = await openSession(spec, target, { seed });
  const exchanges = new Map<string, readonly Recorded[]>();
  const watched = cases.map((one): Case => {
    return {
      ...one,
      run(world) {
        exchanges.set(one.id, world.exchanges);
        return one.run(world);
      },
    };
  });
  return sideBySide(planOf(spec, watched, target), atOnce, async (entry) => ({
    result: await outcomeOf(session, entry, { strictOrder: true }),
    exchanges: exchanges.get(entry.case.id) ?? [],
  }));
}
