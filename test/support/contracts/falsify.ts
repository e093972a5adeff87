/** Replaces functions of a target by wrong ones. */
import type { Target } from "../../../contracts/target/target.ts";

/** The wrong behaviour, in a target and in each of its sandboxes. */
export type Falsify = (target: Target) => Partial<Target>;

export interface LyingTarget {
  /** Such as "are made up". */
  readonly what: string;
  readonly falsify: Falsify;
  /** The suite's message about it. */
  readonly words: string;
}

type Functions = Required<
  Pick<
    Target,
    { [N in keyof Target]-?: NonNullable<Target[N]> extends (...args: never) => unknown ? N : never }[keyof Target]
  >
>;

export function instead<N extends keyof Functions>(name: N, wrap: (honest: Functions[N]) => Functions[N]): Falsify {
  return (target) => ({ [name]: wrap(target[name] as Functions[N]) });
}

export function refused(): () => Promise<never> {
  return async () => {
    throw new Error("refused");
  };
}
