/** A deliberate bug in the mock: a few lines of one source file, and the cases of the contract suite that must notice it. */

export interface Mutant {
  /** What the mock does wrong, as a sentence. */
  readonly name: string;
  /** Below `mocks/`. */
  readonly file: string;
  /** Occurs once in the file. */
  readonly find: string;
  readonly put: string;
  /** Ids of cases, or patterns with `*`: each case that fits one of them must fail. */
  readonly kills: readonly string[];
}
