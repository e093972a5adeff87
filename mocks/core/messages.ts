/** The messages that carry codes. A message is sent by appending it to the log `messages`. */
import { SECOND_MS } from "./clock.ts";
import { type CodeKey, issueCode, nextCode } from "./codes.ts";
import type { Policy } from "./policy.ts";
import type { Randomness } from "./randomness.ts";
import type { Channel, Language } from "./records.ts";
import type { Transaction } from "./transaction.ts";

export interface Sending {
  readonly channel: Channel;
  readonly key: CodeKey;
  readonly policy: Policy;
  readonly language: Language;
  readonly randomness: Randomness;
  readonly now: number;
}

/** Generates the next code for the key, stores it as the newest one and sends it. */
export function sendCode(tx: Transaction, sending: Sending): void {
  const { channel, key, policy, language, randomness, now } = sending;
  const code = nextCode(tx, key, { policy, randomness, now });
  const expiresAt = now + policy.code_ttl_seconds * SECOND_MS;
  issueCode(tx, key, { code, expiresAt, now, policy });
  const text = messageText(code, policy.code_ttl_seconds, language);
  const { scene, receiver: to } = key;
  tx.append("messages", { channel, to, scene, code, language, text, sentAt: now, expiresAt });
}

/** Our own text: the vendor's pages do not show the real messages. */
function messageText(code: string, ttlSeconds: number, language: Language): string {
  const minutes = ttlSeconds / 60;
  const whole = Number.isInteger(minutes);
  if (language === "zh") return `验证码:${code},${whole ? `${minutes}分钟` : `${ttlSeconds}秒`}内有效。`;
  const lifetime = whole ? `${minutes} minute${minutes === 1 ? "" : "s"}` : `${ttlSeconds} seconds`;
  return `Your verification code is ${code}. It is valid for ${lifetime}.`;
}
