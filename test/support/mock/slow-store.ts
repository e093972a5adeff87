/** A store in which every call takes a turn of the event loop, so that requests really interleave. */
import type { Store } from "../../../mocks/index.ts";
import { memoryStore } from "../../../mocks/stores/memory.ts";

type StoreCall = (...input: unknown[]) => unknown;

export function slowStore(store: Store = memoryStore()): Store {
  return slowed(store, () => 1);
}

/** The same, but calls take different times, so that a later caller may be ahead. */
export function unevenStore(): Store {
  let calls = 0;
  return slowed(memoryStore(), () => 1 + ((calls++ * 7) % 5));
}

function slowed(store: Store, turns: () => number): Store {
  const calls = Object.entries(store) as [string, StoreCall][];
  const late =
    (call: StoreCall): StoreCall =>
    async (...input) => {
      for (let left = turns(); left > 0; left--) await new Promise((resolve) => setImmediate(resolve));
      return call(...input);
    };
  // Each function keeps its name and input; fromEntries cannot know that.
  return Object.fromEntries(calls.map(([name, call]) => [name, late(call)])) as unknown as Store;
}
