/** Verification codes: issue, judge, redeem, and how often one may be sent. Knows nothing of HTTP or of any dialect. */
import { DAY_MS, SECOND_MS } from "./clock.ts";
import type { Policy } from "./policy.ts";
import type { Randomness } from "./randomness.ts";
import type { CodeRecord, IssuedCode } from "./records.ts";
import type { Transaction } from "./transaction.ts";

/** Where a code belongs: it works for this scene and this receiver alone. `receiver` is canonical. */
export interface CodeKey {
  readonly scene: string;
  readonly receiver: string;
}

/** Replaced codes are remembered so that the journal can tell "replaced by a newer one" from "never sent". */
const REMEMBERED_REPLACED_CODES = 10;

export type Verdict = "unknown" | "wrong" | "superseded" | "used" | "expired" | "exhausted" | "valid";

export interface Judgement {
  readonly verdict: Verdict;
  readonly why: string;
}

function storageKey({ scene, receiver }: CodeKey): string {
  return `${scene} ${receiver}`;
}

/** What a sender needs to draw a code: the same seed, sandbox, place and count give the same code. */
export async function nextCode(
  tx: Transaction,
  place: CodeKey,
  policy: Policy,
  randomness: Randomness,
): Promise<string> {
  if (policy.pinned_code !== null) return policy.pinned_code;
  const count = (await tx.get("code", storageKey(place)))?.count ?? 0;
  return randomness.digits(policy.code_length, "code", tx.sandbox, place.receiver, place.scene, count);
}

/** Stores a code for its place, as the newest. */
export async function issueCode(
  tx: Transaction,
  place: CodeKey,
  options: { code: string; expiresAt: number; now: number; policy: Policy },
): Promise<void> {
  const { code, expiresAt, now, policy } = options;
  const key = storageKey(place);
  const before = await tx.get("code", key);
  const earlier = (before?.issued ?? []).filter((issued) => issued.expiresAt + DAY_MS > now);
  const issued: IssuedCode = { code, expiresAt, failures: 0 };
  tx.set("code", key, {
    issued: [...(policy.code_supersedes ? earlier.slice(-REMEMBERED_REPLACED_CODES) : earlier), issued],
    count: (before?.count ?? 0) + 1,
    forgetAt: Math.max(before?.forgetAt ?? 0, Math.max(expiresAt, now) + DAY_MS),
  });
}

/** What this code is worth at its place, and why. */
export async function judgeCode(
  tx: Transaction,
  place: CodeKey,
  code: string,
  policy: Policy,
  now: number,
): Promise<Judgement> {
  const record = await tx.get("code", storageKey(place));
  if (record === undefined) {
    return { verdict: "unknown", why: `no ${place.scene} code was sent to ${place.receiver}` };
  }
  const index = indexOfCode(record, code);
  const found = record.issued[index];
  if (found === undefined) return { verdict: "wrong", why: wrongReason(record, place, policy) };
  if (policy.code_supersedes && index < record.issued.length - 1) {
    return { verdict: "superseded", why: `a newer ${place.scene} code was sent to ${place.receiver}` };
  }
  return judgeIssued(found, policy, now);
}

function judgeIssued(found: IssuedCode, policy: Policy, now: number): Judgement {
  if (found.usedAt !== undefined)
    return { verdict: "used", why: `the code was used ${seconds(now - found.usedAt)} ago` };
  if (found.expiresAt <= now)
    return { verdict: "expired", why: `the code expired ${seconds(now - found.expiresAt)} ago` };
  if (found.failures >= policy.code_max_attempts) {
    return { verdict: "exhausted", why: `the code was tried wrongly ${found.failures} times (code_max_attempts)` };
  }
  return { verdict: "valid", why: "the code is good" };
}

/** A wrong try counts against every code that could have been meant: those that could still be used. */
export async function countFailure(tx: Transaction, place: CodeKey, policy: Policy, now: number): Promise<void> {
  const key = storageKey(place);
  const record = await tx.get("code", key);
  if (record === undefined) return;
  const oldest = policy.code_supersedes ? record.issued.length - 1 : 0;
  const isMeant = (code: IssuedCode, index: number) =>
    index >= oldest && judgeIssued(code, policy, now).verdict === "valid";
  if (!record.issued.some(isMeant)) return;
  const issued = record.issued.map((code, index) =>
    isMeant(code, index) ? { ...code, failures: code.failures + 1 } : code,
  );
  tx.set("code", key, { ...record, issued });
}

/** Marks the code as used; it was judged valid in this transaction. */
export async function redeemCode(tx: Transaction, place: CodeKey, code: string, now: number): Promise<void> {
  const key = storageKey(place);
  const record = await tx.get("code", key);
  if (record === undefined) return;
  const index = indexOfCode(record, code);
  const issued = record.issued.map((item, at) => (at === index ? { ...item, usedAt: now } : item));
  tx.set("code", key, { ...record, issued });
}

/**
 * Milliseconds until another code of this scene may go to this receiver; zero when it may go now. At most the interval: `now` was
 * taken when the request began, and another request can have sent at a later time since. So an interval of zero never refuses.
 */
export async function resendWait(tx: Transaction, place: CodeKey, policy: Policy, now: number): Promise<number> {
  const sendings = await tx.get("sendings", place.receiver);
  const last = sendings?.sent.findLast((sending) => sending.scene === place.scene);
  if (last === undefined) return 0;
  const elapsedMs = Math.max(0, now - last.at);
  return Math.max(0, policy.code_resend_seconds * SECOND_MS - elapsedMs);
}

/** How many messages were ordered for this receiver within the last 24 hours. */
export async function sentToday(tx: Transaction, receiver: string, now: number): Promise<number> {
  const sendings = await tx.get("sendings", receiver);
  return sendings?.sent.filter((sending) => sending.at > now - DAY_MS).length ?? 0;
}

/** Counts a message towards the limits, whether or not one really goes out: silence must not be told from sending. */
export async function recordSending(tx: Transaction, place: CodeKey, now: number): Promise<void> {
  const sendings = await tx.get("sendings", place.receiver);
  const recent = sendings?.sent.filter((sending) => sending.at > now - DAY_MS) ?? [];
  tx.set("sendings", place.receiver, {
    sent: [...recent, { scene: place.scene, at: now }],
    forgetAt: now + DAY_MS,
  });
}

/** The newest code of this text: a pinned or planted code may have been issued before. */
function indexOfCode(record: CodeRecord, code: string): number {
  return record.issued.findLastIndex((issued) => issued.code === code);
}

function wrongReason(record: CodeRecord, { scene, receiver }: CodeKey, policy: Policy): string {
  const failures = (record.issued.at(-1)?.failures ?? 0) + 1;
  return `the ${scene} code sent to ${receiver} is another one (wrong try ${failures} of ${policy.code_max_attempts})`;
}

/** At least 0: another request can have used a code at a later time than this request began. */
function seconds(ms: number): string {
  return `${Math.max(0, Math.floor(ms / SECOND_MS))} s`;
}
