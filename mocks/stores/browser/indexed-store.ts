/**
 * A store over IndexedDB: each record and each log entry is a row. A commit is one transaction. The browser runs the transactions
 * of all tabs one after the other, so no update is lost.
 */
import type { Entry, Log } from "../../core/records.ts";
import type { Content, LogAppend, Read, Store, Write, Writes } from "../../core/store.ts";
import { BY_TIME, type Database, resultOf } from "./database.ts";
import type { Row } from "./row-schema.ts";

/** How many entries of a log are kept. */
const KEPT = 1_000;

/** More than one write can add, so that expired records do not accumulate. */
const FORGOTTEN_PER_COMMIT = 16;

export function indexedStore(database: Database): Store {
  return {
    get: (sandbox, kind, key) =>
      // The cast is safe: only records of this kind are stored under it.
      database.run("readonly", async (rows) => (await rowAt(rows, sandbox, kind, key))?.value as never),
    commit: (sandbox, reads, writes) =>
      database.run("readwrite", async (rows) => {
        if (!(await stillHold(rows, sandbox, reads))) return false;
        await apply(rows, sandbox, writes);
        return true;
      }),
    tail: (sandbox, log, after) => database.run("readonly", (rows) => entries(rows, sandbox, log, after)),
    drop: (sandbox) => database.run("readwrite", async (rows) => void rows.delete(within(sandbox))),
    sandboxes: () =>
      database.run("readonly", async (rows) => {
        const keys = (await resultOf(rows.getAllKeys())) as [string][];
        return [...new Set(keys.map(([sandbox]) => sandbox))];
      }),
    dump: (sandbox) =>
      database.run("readonly", async (rows): Promise<Content> => {
        const all: Row[] = await resultOf(rows.getAll(within(sandbox)));
        const records = all.filter(({ kind }) => kind !== "messages" && kind !== "requests");
        return {
          records: records.map(({ kind, key, value }) => ({ kind, key, value }) as Read),
          messages: await entries(rows, sandbox, "messages", 0),
        };
      }),
    load: (sandbox, { records, messages }) =>
      database.run("readwrite", async (rows) => {
        rows.delete(within(sandbox));
        for (const record of records) applyChange(rows, sandbox, record);
        for (const { id, value } of messages) rows.put({ sandbox, kind: "messages", key: id, value } satisfies Row);
      }),
  };
}

function rowAt(rows: IDBObjectStore, sandbox: string, kind: string, key: string): Promise<Row | undefined> {
  return resultOf(rows.get([sandbox, kind, key]));
}

/** All rows whose key starts with these parts. IndexedDB sorts an array after every text and number. */
function within(...start: string[]): IDBKeyRange {
  return IDBKeyRange.bound(start, [...start, []]);
}

/** The database returns copies, so the values are compared as JSON. Their fields have the same order. */
async function stillHold(rows: IDBObjectStore, sandbox: string, reads: readonly Read[]): Promise<boolean> {
  const found = await Promise.all(reads.map(({ kind, key }) => rowAt(rows, sandbox, kind, key)));
  return reads.every(({ value }, index) => JSON.stringify(value) === JSON.stringify(found[index]?.value));
}

async function apply(rows: IDBObjectStore, sandbox: string, { changes, additions, now }: Writes): Promise<void> {
  for (const change of changes) applyChange(rows, sandbox, change);
  for (const addition of additions) await append(rows, sandbox, addition);
  if (changes.length > 0) await forget(rows, sandbox, now);
}

function applyChange(rows: IDBObjectStore, sandbox: string, { kind, key, value }: Write): void {
  if (value === undefined) rows.delete([sandbox, kind, key]);
  else rows.put({ sandbox, kind, key, value } satisfies Row);
}

async function append(rows: IDBObjectStore, sandbox: string, { log, value }: LogAppend): Promise<void> {
  const last = await resultOf(rows.openKeyCursor(within(sandbox, log), "prev"));
  const id = last === null ? 1 : (last.primaryKey as [string, string, number])[2] + 1;
  rows.put({ sandbox, kind: log, key: id, value } satisfies Row);
  if (id > KEPT) rows.delete(IDBKeyRange.bound([sandbox, log], [sandbox, log, id - KEPT]));
}

async function forget(rows: IDBObjectStore, sandbox: string, now: number): Promise<void> {
  const past = IDBKeyRange.bound([sandbox, Number.NEGATIVE_INFINITY], [sandbox, now]);
  const keys = await resultOf(rows.index(BY_TIME).getAllKeys(past, FORGOTTEN_PER_COMMIT));
  for (const key of keys) rows.delete(key);
}

async function entries<L extends Log>(rows: IDBObjectStore, sandbox: string, log: L, after: number) {
  const later = IDBKeyRange.bound([sandbox, log, after], [sandbox, log, []], true);
  const found: Row[] = await resultOf(rows.getAll(later));
  // The cast is safe: only entries of this log are stored under it.
  return found.map(({ key, value }) => ({ id: key, value }) as Entry<L>);
}
