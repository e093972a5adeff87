/** Reads and writes a page's database without the store. Runs in a page only. */
import type { Json } from "../mock/altered.ts";

/** Creates a database of this version with these tables, and closes it. */
export async function makeDatabase(name: string, version: number, tables: readonly Table[]): Promise<void> {
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = () => {
    for (const { table, keyPath } of tables) request.result.createObjectStore(table, { keyPath: keyPath ?? null });
  };
  (await resultOf(request)).close();
}

export interface Table {
  readonly table: string;
  readonly keyPath?: string[];
}

/** Adds rows; with `instead` all others are removed first. */
export async function putRows(name: string, rows: readonly unknown[], { instead = false } = {}): Promise<void> {
  const database = await resultOf(indexedDB.open(name));
  const transaction = database.transaction("rows", "readwrite");
  if (instead) transaction.objectStore("rows").clear();
  for (const row of rows) transaction.objectStore("rows").put(row);
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  database.close();
}

export async function rowsOf(name: string): Promise<Json[]> {
  const database = await resultOf(indexedDB.open(name));
  const rows = await resultOf(database.transaction("rows").objectStore("rows").getAll());
  database.close();
  return rows;
}

export function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
