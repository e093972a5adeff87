/** A target whose functions keep the pace of the run. A function counts as one request. */
import type { Pace } from "./pace.ts";
import { type Sandbox, TARGET_FIELDS, TARGET_FUNCTIONS, type Target } from "./target.ts";

/** The functions keep the target as `this`, because it may be an instance of a class. */
export function pacedTarget<T extends Target>(target: T, pace: Pace): T {
  const fields = TARGET_FIELDS.flatMap((name) => {
    const value: unknown = target[name];
    if (value === undefined) return [];
    return [[name, TARGET_FUNCTIONS.includes(name) ? paced(target, name, pace) : value]];
  });
  return Object.fromEntries(fields);
}

function paced(target: Target, name: keyof Target, pace: Pace): (...args: never[]) => Promise<unknown> {
  const method = target[name] as (...args: never[]) => Promise<unknown>;
  return async (...args) => {
    const result = await pace.run(name, () => method.apply(target, args));
    return name === "openSandbox" ? pacedTarget(result as Sandbox, pace) : result;
  };
}
