/** What came of trying a mutant; the process that tries mutants writes it, and the tests read it. */

export interface Verdict {
  readonly mutant: string;
  /** Why it does not count as killed, one line each; empty when every case that it names has failed. */
  readonly complaints: readonly string[];
}

/** Stands for the mock without any change. */
export const AS_IT_IS = "the mock as it is";
