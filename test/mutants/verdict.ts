/** The result of trying a mutant; the process that tries mutants writes it, and the tests read it. */

export interface Verdict {
  readonly mutant: string;
  /** The reasons why it does not count as killed, one per line; empty when every named case has failed. */
  readonly complaints: readonly string[];
}

/** Stands for the mock without any change. */
export const AS_IT_IS = "the mock as it is";
