/** A target with fewer functions and operations: without what a check before the first case has found not to work. */
import { type Capability, functionOf, type Sandbox, TARGET_FUNCTIONS, type Target } from "./target.ts";

export interface Reduction {
  /** Capabilities whose functions the target loses. */
  readonly without: readonly Capability[];
  /** Replaces the operations of the target. */
  readonly operations?: readonly string[];
}

/**
 * Each sandbox of the target is reduced in the same way. The functions keep the target as `this`, because it may be an
 * instance of a class.
 */
export function reducedTarget(target: Target, reduction: Reduction): Target {
  const { openSandbox, ...kept } = keptOf(target, reduction);
  if (openSandbox === undefined) return kept;
  return { ...kept, openSandbox: async () => keptOf(await openSandbox(), reduction) as Sandbox };
}

function keptOf(target: Target, { without, operations }: Reduction): Target {
  const lost = new Set(without.map(functionOf));
  const functions = TARGET_FUNCTIONS.filter((name) => !lost.has(name) && target[name] !== undefined);
  const { name, baseUrl, dialects, codeSemantics, clientId, headers, fetch } = target;
  return {
    name,
    baseUrl,
    ...given({ dialects, codeSemantics, clientId, headers, fetch }),
    ...given({ operations: operations ?? target.operations }),
    ...(without.includes("unique-codes") ? { codeSemantics: "fixed" } : {}),
    ...Object.fromEntries(functions.map((one) => [one, bound(target, one)])),
  };
}

function bound(target: Target, name: keyof Target): unknown {
  return (target[name] as (...args: never[]) => unknown).bind(target);
}

function given<T extends object>(fields: T): { readonly [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
