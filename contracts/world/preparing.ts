/** A request that only prepares a case. What is wrong with its response is not what the case is about. */
import type { Draft } from "./world.ts";

export function preparing(draft: Draft): Draft {
  return { ...draft, prepares: true };
}
