/**
 * Whether a target shows a new account exactly as it was made. Then a case knows the state of its accounts without
 * reading them, which saves a fifth of all requests.
 */

export interface MadeAccounts {
  /** Whether accounts of this kind have been read, and each time were as made. */
  areAsMade(kind: string): boolean;
  /** Notes that an account of this kind was read before anything happened to it. */
  note(kind: string, isAsMade: boolean): void;
}

/** Once an account was not as made, accounts of its kind are always read. */
export function madeAccounts(): MadeAccounts {
  const kinds = new Map<string, boolean>();
  return {
    areAsMade: (kind) => kinds.get(kind) === true,
    note: (kind, isAsMade) => void kinds.set(kind, isAsMade && kinds.get(kind) !== false),
  };
}
