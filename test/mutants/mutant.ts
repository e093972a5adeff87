/** A deliberate bug in the mock: a few lines of one source file, and the cases of the contract suite that must notice it. */

export interface Mutant {
  /** The bug, as a sentence about the mock. */
  readonly name: string;
  /** Below `mocks/`. */
  readonly file: string;
  /** Occurs once in the file. */
  readonly find: string;
  readonly put: string;
  /** Ids of cases, or patterns with `*`: each matching case must fail. */
  readonly kills: readonly string[];
}
