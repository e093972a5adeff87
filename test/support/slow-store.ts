/** A store for which everything takes a turn of the event loop, so that requests really come between each other. */
import type { Store } from "../../mocks/index.ts";
import { memoryStore } from "../../mocks/stores/memory.ts";

type StoreCall = (...input: unknown[]) => unknown;

export function slowStore(): Store {
  const calls = Object.entries(memoryStore()) as [string, StoreCall][];
  return Object.fromEntries(calls.map(([name, call]) => [name, slowed(call)])) as unknown as Store;
}

function slowed(call: StoreCall): StoreCall {
  return async (...input) => {
    await new Promise((resolve) => setImmediate(resolve));
    return call(...input);
  };
}
