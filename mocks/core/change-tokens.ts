/** One-time permissions to take a number: what a verified request gives, and the change itself takes. */
import { DAY_MS, SECOND_MS } from "./clock.ts";
import type { Randomness } from "./randomness.ts";
import type { ChangeToken } from "./records.ts";
import { nextCount, type Transaction } from "./transaction.ts";

const PERMIT_LENGTH = 64;

/** The text that stands for the permission, drawn from the seed. */
export async function issueChangeToken(
  tx: Transaction,
  randomness: Randomness,
  options: { accountId: string; mobile: string; lifetimeSeconds: number; now: number },
): Promise<string> {
  const { accountId, mobile, lifetimeSeconds, now } = options;
  const text = randomness.hex(PERMIT_LENGTH, "permit", tx.sandbox, await nextCount(tx, "permit"));
  const expiresAt = now + lifetimeSeconds * SECOND_MS;
  tx.set("permit", text, { accountId, mobile, expiresAt, forgetAt: expiresAt + DAY_MS });
  return text;
}

/** A permission is good for one change. */
export function useChangeToken(tx: Transaction, text: string, permit: ChangeToken, now: number): void {
  tx.set("permit", text, { ...permit, usedAt: now });
}
