/** Verification codes: issue, judge, redeem, and how often one may be sent. Knows nothing of HTTP or of any dialect. */
import { DAY_MS, dayOf, SECOND_MS, steadyTime } from "./clock.ts";
import type { LimitScope, Policy } from "./policy.ts";
import type { Randomness } from "./randomness.ts";
import type { CodeRecord, IssuedCode, Sendings } from "./records.ts";
import type { Transaction } from "./transaction.ts";

/** What a code is bound to: it works for this scene and this receiver only. `receiver` is in canonical form. */
export interface CodeKey {
  readonly scene: string;
  readonly receiver: string;
}

/** Replaced codes are kept, so that the journal can tell "replaced by a newer code" from "never sent". */
const REMEMBERED_REPLACED_CODES = 10;

export type Verdict = "unknown" | "wrong" | "superseded" | "used" | "expired" | "exhausted" | "valid";

export interface Judgement {
  readonly verdict: Verdict;
  readonly why: string;
}

function recordId({ scene, receiver }: CodeKey): string {
  return `${scene} ${receiver}`;
}

interface CodeOptions {
  readonly policy: Policy;
  readonly randomness: Randomness;
  readonly now: number;
}

/**
 * The next code for this key: another one than all that the record remembers. The same seed, sandbox, key and count give the
 * same code, on the first day of the sandbox. Later the day counts too: a forgotten receiver must not get its codes again.
 */
export function nextCode(tx: Transaction, key: CodeKey, { policy, randomness, now }: CodeOptions): string {
  if (policy.pinned_code !== null) return policy.pinned_code;
  const { issued = [], count = 0, day } = tx.get("code", recordId(key)) ?? newRecord(tx, now);
  const parts = ["code", tx.sandbox, key.receiver, key.scene, count, ...(day === undefined ? [] : [day])];
  let code = randomness.digits(policy.code_length, ...parts);
  for (let again = 1; issued.some((earlier) => earlier.code === code); again++) {
    code = randomness.digits(policy.code_length, ...parts, `again ${again}`);
  }
  return code;
}

/** The record of a key without codes. */
function newRecord({ clock }: Transaction, now: number): Pick<CodeRecord, "issued" | "count" | "day"> {
  const day = dayOf(clock, now);
  return { issued: [], count: 0, ...(day === 0 ? {} : { day }) };
}

/** Stores a code as the newest one of its key. Times are in milliseconds. */
export function issueCode(
  tx: Transaction,
  key: CodeKey,
  options: { code: string; expiresAt: number; now: number; policy: Policy },
): void {
  const { code, expiresAt, now, policy } = options;
  const id = recordId(key);
  const { forgetAt = 0, ...before }: Partial<CodeRecord> & ReturnType<typeof newRecord> =
    tx.get("code", id) ?? newRecord(tx, now);
  const earlier = before.issued.filter((issued) => issued.expiresAt + DAY_MS > now);
  const issued: IssuedCode = { code, expiresAt, failures: 0 };
  tx.set("code", id, {
    ...before,
    issued: [...(policy.code_supersedes ? earlier.slice(-REMEMBERED_REPLACED_CODES) : earlier), issued],
    count: before.count + 1,
    forgetAt: Math.max(forgetAt, Math.max(expiresAt, now) + DAY_MS),
  });
}

/** Whether this code is valid for this key, and why. */
export function judgeCode(tx: Transaction, key: CodeKey, code: string, policy: Policy, now: number): Judgement {
  const record = tx.get("code", recordId(key));
  if (record === undefined) {
    return { verdict: "unknown", why: `no ${key.scene} code was sent to ${key.receiver}` };
  }
  const index = indexOfCode(record, code);
  const found = record.issued[index];
  if (found === undefined) return { verdict: "wrong", why: wrongReason(record, key, policy) };
  if (policy.code_supersedes && index < record.issued.length - 1) {
    return { verdict: "superseded", why: `a newer ${key.scene} code was sent to ${key.receiver}` };
  }
  return judgeIssued(found, policy, now);
}

function judgeIssued(found: IssuedCode, policy: Policy, now: number): Judgement {
  if (found.usedAt !== undefined)
    return { verdict: "used", why: `the code was used ${seconds(now - found.usedAt)} ago` };
  if (found.expiresAt <= now)
    return { verdict: "expired", why: `the code expired ${seconds(now - found.expiresAt)} ago` };
  if (found.failures >= policy.code_max_attempts) {
    return { verdict: "exhausted", why: `the code had ${found.failures} wrong attempts (code_max_attempts)` };
  }
  return { verdict: "valid", why: "the code is valid" };
}

/** Whether any code of this key would still be accepted. */
export function hasLiveCode(tx: Transaction, key: CodeKey, policy: Policy, now: number): boolean {
  const issued = tx.get("code", recordId(key))?.issued ?? [];
  const candidates = policy.code_supersedes ? issued.slice(-1) : issued;
  return candidates.some((code) => judgeIssued(code, policy, now).verdict === "valid");
}

/** A wrong attempt counts against each code that is still valid: any of them could have been meant. */
export function countFailure(tx: Transaction, key: CodeKey, policy: Policy, now: number): void {
  const id = recordId(key);
  const record = tx.get("code", id);
  if (record === undefined) return;
  const oldest = policy.code_supersedes ? record.issued.length - 1 : 0;
  const isMeant = (code: IssuedCode, index: number) =>
    index >= oldest && judgeIssued(code, policy, now).verdict === "valid";
  if (!record.issued.some(isMeant)) return;
  const issued = record.issued.map((code, index) =>
    isMeant(code, index) ? { ...code, failures: code.failures + 1 } : code,
  );
  tx.set("code", id, { ...record, issued });
}

/** Marks the code as used. Call it only after `judgeCode` found the code valid in the same transaction. */
export function redeemCode(tx: Transaction, key: CodeKey, code: string, now: number): void {
  const id = recordId(key);
  const record = tx.get("code", id);
  if (record === undefined) return;
  const index = indexOfCode(record, code);
  const issued = record.issued.map((item, at) => (at === index ? { ...item, usedAt: now } : item));
  tx.set("code", id, { ...record, issued });
}

/**
 * Milliseconds until this code may be sent; 0 when it may be sent now. Never more than the interval: another request may have
 * sent at a time after `now`, the start of this request. So an interval of 0 never refuses.
 */
export function resendWait(tx: Transaction, key: CodeKey, policy: Policy, now: number): number {
  const last = sendingsFor(tx, key, policy.code_resend_scope).at(-1);
  if (last === undefined) return 0;
  const elapsedMs = Math.max(0, steadyTime(tx.clock, now) - last.at);
  return Math.max(0, policy.code_resend_seconds * SECOND_MS - elapsedMs);
}

/** How many messages that count towards the daily limit were requested within the last 24 hours. */
export function sentToday(tx: Transaction, key: CodeKey, policy: Policy, now: number): number {
  const sent = sendingsFor(tx, key, policy.code_daily_limit_scope);
  return within24Hours(sent, steadyTime(tx.clock, now)).length;
}

/** The messages of one scene to this receiver, or all messages to it, oldest first. */
function sendingsFor(tx: Transaction, { scene, receiver }: CodeKey, scope: LimitScope): Sendings["sent"] {
  const sent = tx.get("sendings", receiver)?.sent ?? [];
  return scope === "receiver" ? sent : sent.filter((sending) => sending.scene === scene);
}

function within24Hours(sent: Sendings["sent"], at: number): Sendings["sent"] {
  return sent.filter((sending) => sending.at > at - DAY_MS);
}

/** Counts a message towards the limits, even if none is sent: the client must not notice the difference. */
export function recordSending(tx: Transaction, key: CodeKey, now: number): void {
  const sendings = tx.get("sendings", key.receiver);
  const at = steadyTime(tx.clock, now);
  tx.set("sendings", key.receiver, {
    sent: [...within24Hours(sendings?.sent ?? [], at), { scene: key.scene, at }],
    forgetAt: now + DAY_MS,
  });
}

/** The newest code with this text: the same pinned or planted code may have been issued several times. */
function indexOfCode(record: CodeRecord, code: string): number {
  return record.issued.findLastIndex((issued) => issued.code === code);
}

function wrongReason(record: CodeRecord, { scene, receiver }: CodeKey, policy: Policy): string {
  const failures = (record.issued.at(-1)?.failures ?? 0) + 1;
  return `this is not the ${scene} code that was sent to ${receiver} (wrong attempt ${failures} of ${policy.code_max_attempts})`;
}

/** At least 0: another request may have used the code after this request began. */
function seconds(ms: number): string {
  return `${Math.max(0, Math.floor(ms / SECOND_MS))} s`;
}
