/** A function of the target that the case may rely on, because its requirements name the capability. */
import type { Target } from "../target/target.ts";

/** The plan leaves out cases whose requirements the target does not offer. So this throws for a case that forgot to name one. */
export function offered<N extends keyof Target>(target: Target, name: N): NonNullable<Target[N]> {
  const method = target[name];
  if (typeof method !== "function") throw new Error(`The case uses ${name}, and its requirements do not name it`);
  // Bound, because a target may be an object whose functions use `this`.
  return (method as (...args: never[]) => unknown).bind(target) as NonNullable<Target[N]>;
}
