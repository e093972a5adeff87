/** Many refused attempts, a few with each fixture. */

import type { Reply } from "../../world/world.ts";
import { type Fixture, leavesAlone, type Scenario } from "../scenario.ts";

export interface Batches<V> {
  readonly values: readonly V[];
  /** How many values one fixture serves. */
  readonly size: number;
}

/**
 * Tries each value in a fixture that is still valid: there is a new one after `size` values, and after a success.
 * `attempt` returns the response, or undefined if it sent nothing.
 */
export async function inBatches<S extends Fixture, V>(
  scenario: Scenario<S>,
  fixture: S,
  { values, size }: Batches<V>,
  attempt: (fixture: S, value: V) => Promise<Reply | undefined>,
): Promise<void> {
  let next = 0;
  const batch = async (one: S) => {
    for (const value of values.slice(next, next + size)) {
      next++;
      if ((await attempt(one, value))?.succeeded) return;
    }
  };
  let current = fixture;
  for (;;) {
    await leavesAlone(current, batch);
    if (next >= values.length) return;
    current = await scenario.arrange(fixture.world);
  }
}
