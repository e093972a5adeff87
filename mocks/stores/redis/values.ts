/** Writes records and log entries as arguments of the scripts, and reads their replies. */
import type { Entry, Expiring, Log } from "../../core/records.ts";
import type { Content, Read, Writes } from "../../core/store.ts";
import { type Cached, cached } from "./cache.ts";
import { recordOf } from "./names.ts";

/** How many entries of a log are kept. */
const KEPT = 1_000;

export function commitArguments(idle: string, reads: readonly Cached[], { changes, additions, now }: Writes): string[] {
  const args = [idle, time(now), String(reads.length), String(changes.length)];
  for (const { field, text } of reads) args.push(field, text);
  for (const change of changes) pushRecord(args, change);
  for (const { log, value } of additions) args.push(log === "messages" ? "3" : "4", JSON.stringify(value));
  return args;
}

export function* loadArguments(idle: string, { records, messages }: Content): Generator<void, string[]> {
  const args = [idle, String(records.length)];
  for (const record of records) {
    pushRecord(args, record);
    yield;
  }
  for (const { id, value } of messages.slice(-KEPT)) args.push(String(id), JSON.stringify(value));
  return args;
}

function pushRecord(args: string[], { kind, key, value }: Read): void {
  const { field, text } = cached(kind, key, value);
  const forgetAt = (value as Partial<Expiring> | undefined)?.forgetAt;
  args.push(field, text, forgetAt === undefined ? "" : time(forgetAt));
}

/** As Redis writes it. */
function time(ms: number): string {
  return ms === Number.NEGATIVE_INFINITY ? "-inf" : String(ms);
}

/** Each entry of a stream: its id, such as "0-7", and a list of its fields and values. */
export type Entries = readonly (readonly [id: string, fields: readonly [name: string, text: string]])[];

/** A list of fields and texts by turns, and the messages. */
export type Dumped = readonly [records: readonly string[], messages: Entries];

export function* contentIn([fields, messages]: Dumped): Generator<void, Content> {
  const records: Read[] = [];
  for (let at = 0; at < fields.length; at += 2) {
    records.push({ ...recordOf(String(fields[at])), value: JSON.parse(String(fields[at + 1])) } as Read);
    yield;
  }
  return { records, messages: entriesIn(messages) };
}

export function entriesIn<L extends Log>(entries: Entries): Entry<L>[] {
  return entries.map(([id, [, text]]) => ({ id: Number(id.slice(2)), value: JSON.parse(text) }));
}
