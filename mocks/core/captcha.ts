/**
 * The slider captcha: a challenge with one right position, and the pass token for solving it. Draws no pictures.
 * source: the sizes and the single use are those of the AJ-Captcha engine.
 */
import { DAY_MS, SECOND_MS } from "./clock.ts";
import type { Policy } from "./policy.ts";
import type { Randomness } from "./randomness.ts";
import { nextCount, type Transaction } from "./transaction.ts";

export const PICTURE_WIDTH_PX = 310;
export const PICTURE_HEIGHT_PX = 155;
export const PIECE_WIDTH_PX = 47;

/** The piece is as tall as the picture and moves along x only. */
export const CHALLENGE_Y = 5;

const FIRST_X = 100;
const LAST_X = PICTURE_WIDTH_PX - PIECE_WIDTH_PX - 1;

export interface OpenChallenge {
  /** 32 hexadecimal digits. */
  readonly token: string;
  readonly x: number;
}

/** Opens a challenge. Its right position is generated from the mock's seed. */
export function openChallenge(tx: Transaction, policy: Policy, randomness: Randomness, now: number): OpenChallenge {
  const token = nextChallengeToken(tx, randomness);
  const x = randomness.integer(FIRST_X, LAST_X, "captcha-x", token);
  const expiresAt = now + policy.captcha_challenge_ttl_seconds * SECOND_MS;
  tx.set("challenge", token, { x, expiresAt, forgetAt: expiresAt + DAY_MS });
  return { token, x };
}

function nextChallengeToken(tx: Transaction, randomness: Randomness): string {
  return randomness.hex(32, "captcha", tx.sandbox, nextCount(tx, "captcha"));
}

/** Whether the value is an object with `x` within `tolerance` pixels of the right position and `y` exactly 5. */
export function isRightPlace(point: unknown, x: number, tolerance: number): boolean {
  const chosen = point as { readonly x?: unknown; readonly y?: unknown } | null | undefined;
  return typeof chosen?.x === "number" && Math.abs(chosen.x - x) <= tolerance && chosen.y === CHALLENGE_Y;
}

/** Closes a challenge after its first attempt, right or wrong. */
export function burnChallenge(tx: Transaction, token: string, now: number): void {
  const challenge = tx.get("challenge", token);
  if (challenge !== undefined) tx.set("challenge", token, { ...challenge, answeredAt: now });
}

/** Issues the pass token of a solved challenge. Its second half is the client's own text, copied unchanged. */
export function issuePass(
  tx: Transaction,
  pass: { token: string; pointJson: string; sender: string; expiresAt: number; now: number },
): string {
  const text = `${pass.token}---${pass.pointJson}`;
  tx.set("pass", pass.token, {
    token: text,
    sender: pass.sender,
    expiresAt: pass.expiresAt,
    forgetAt: Math.max(pass.expiresAt, pass.now) + DAY_MS,
  });
  return text;
}

/** Issues a pass token for this canonical sender, as if a captcha had been solved. */
export function grantPass(
  tx: Transaction,
  randomness: Randomness,
  options: { sender: string; expiresAt: number; now: number },
): string {
  const token = nextChallengeToken(tx, randomness);
  const x = randomness.integer(FIRST_X, LAST_X, "captcha-x", token);
  return issuePass(tx, { token, pointJson: JSON.stringify({ x, y: CHALLENGE_Y }), ...options });
}

/** The key under which the pass of this token is stored, if the token was issued here. */
export function passKey(captchaToken: string): string {
  const end = captchaToken.indexOf("---");
  return end < 0 ? captchaToken : captchaToken.slice(0, end);
}

/** Marks the pass as used: it is valid for one message. */
export function usePass(tx: Transaction, captchaToken: string, now: number): void {
  const pass = tx.get("pass", passKey(captchaToken));
  if (pass !== undefined) tx.set("pass", passKey(captchaToken), { ...pass, usedAt: now });
}
