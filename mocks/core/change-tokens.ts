/** Change tokens: a verified request issues one, and the change of the number uses it up. */
import { DAY_MS, SECOND_MS } from "./clock.ts";
import type { Randomness } from "./randomness.ts";
import type { ChangeToken } from "./records.ts";
import { nextCount, type Transaction } from "./transaction.ts";

const TOKEN_LENGTH = 64;

/** Issues a change token and returns its text, which is generated from the mock's seed. */
export function issueChangeToken(
  tx: Transaction,
  randomness: Randomness,
  options: { accountId: string; mobile: string; lifetimeSeconds: number; now: number },
): string {
  const { accountId, mobile, lifetimeSeconds, now } = options;
  const text = randomness.hex(TOKEN_LENGTH, "permit", tx.sandbox, nextCount(tx, "permit"));
  const expiresAt = now + lifetimeSeconds * SECOND_MS;
  tx.set("permit", text, { accountId, mobile, expiresAt, forgetAt: expiresAt + DAY_MS });
  return text;
}

/** Marks the token as used: it is valid for one change. */
export function useChangeToken(tx: Transaction, text: string, changeToken: ChangeToken, now: number): void {
  tx.set("permit", text, { ...changeToken, usedAt: now });
}
