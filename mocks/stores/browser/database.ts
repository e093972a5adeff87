/**
 * The database with the rows of a page. It drops unusable state with one warning, reopens a connection that the browser closes,
 * and closes for a newer version of this package in another tab.
 */
import { problemIn } from "./row-schema.ts";

/** The version of the stored form. It starts at 2, because a database created without a version has 1. */
const VERSION = 2;

/** A page that keeps the database open must not block others for ever. */
const OPEN_WITHIN_MS = 5_000;

const OUTDATED = "Another tab has a newer version of ciam-testkit. Reload this page.";

/** After so many lost connections in a row, the error is thrown. */
const MOST_LOSSES = 20;

const ROWS = "rows";
const KEY = ["sandbox", "kind", "key"];

/** The index of the expiring records, by sandbox and time. */
export const BY_TIME = "time";
const TIME = ["sandbox", "value.forgetAt"];

export class Database {
  readonly #name: string;
  #connection: Promise<IDBDatabase> | undefined;
  #outdated = false;

  constructor(name: string) {
    this.#name = name;
  }

  /**
   * Runs `work` in one transaction. `work` may await requests to the rows only. It runs again on a new connection if this one is
   * lost before anything was written, as when the user clears the site's data. Rejects if the browser stores nothing, and once
   * another tab has a newer version of this package.
   */
  async run<T>(mode: IDBTransactionMode, work: (rows: IDBObjectStore) => Promise<T>): Promise<T> {
    for (let losses = 0; ; losses++) {
      const connection = this.#open();
      try {
        return await transact(await connection, mode, work);
      } catch (error) {
        if (!isLoss(error) || losses === MOST_LOSSES) throw error;
        if (this.#connection === connection) this.#connection = undefined;
      }
    }
  }

  #open(): Promise<IDBDatabase> {
    if (this.#outdated) throw new Error(OUTDATED);
    this.#connection ??= openUsable(this.#name, ({ newVersion }) => {
      // The version is null when the database is deleted. Then this page continues with a new database.
      this.#outdated = newVersion !== null;
    }).catch((error) => {
      this.#connection = undefined;
      throw error;
    });
    return this.#connection;
  }
}

/**
 * Whether the connection was closed by the browser or for another tab. Chromium reports an aborted opening as `UnknownError`.
 */
function isLoss(error: unknown): boolean {
  return ["AbortError", "InvalidStateError", "UnknownError"].some((name) => isNamed(error, name));
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof DOMException && error.name === name;
}

async function transact<T>(
  database: IDBDatabase,
  mode: IDBTransactionMode,
  work: (rows: IDBObjectStore) => Promise<T>,
): Promise<T> {
  const transaction = database.transaction(ROWS, mode, { durability: "relaxed" });
  const over = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () =>
      reject(transaction.error ?? new DOMException("The browser has closed the database", "AbortError"));
  });
  const done = work(transaction.objectStore(ROWS)).catch((error) => {
    if (transaction.error === null) transaction.abort();
    throw error;
  });
  const [result] = await Promise.all([done, over]);
  return result;
}

/** The result of one request to the database. */
export function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Called when another tab wants to replace this version. */
type LetGo = (event: IDBVersionChangeEvent) => void;

/** The stored state cannot be used; the message says why. */
class Unusable extends Error {}

/** Opens the database. Drops unusable state with a warning. Rejects if the browser stores nothing. */
async function openUsable(name: string, letGo: LetGo): Promise<IDBDatabase> {
  try {
    return await openSound(name, letGo);
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    await inTime(indexedDB.deleteDatabase(name));
    const database = await openSound(name, letGo);
    warnOfDropping(name, error.message);
    return database;
  }
}

async function openSound(name: string, letGo: LetGo): Promise<IDBDatabase> {
  const request = indexedDB.open(name, VERSION);
  let replaced = 0;
  request.onupgradeneeded = ({ oldVersion }) => {
    replaced = oldVersion;
    makeAnew(request.result);
  };
  const database = await inTime(request).catch((error) => {
    throw isNamed(error, "VersionError") ? new Unusable("a newer version wrote it") : error;
  });
  database.onversionchange = (event) => {
    database.close();
    letGo(event);
  };
  try {
    const damage = await transact(database, "readwrite", dropIfUnsound);
    if (replaced > 0) warnOfDropping(name, "an older version wrote it");
    if (damage !== undefined) warnOfDropping(name, `it is damaged: ${damage}`);
    return database;
  } catch (error) {
    database.close();
    throw isLoss(error) ? error : new Unusable(`it cannot be read: ${error}`);
  }
}

function makeAnew(database: IDBDatabase): void {
  for (const store of [...database.objectStoreNames]) database.deleteObjectStore(store);
  database.createObjectStore(ROWS, { keyPath: KEY }).createIndex(BY_TIME, TIME);
}

/** Checks and clears in one transaction, so that only one of two tabs that open the database at once finds the damage. */
async function dropIfUnsound(rows: IDBObjectStore): Promise<string | undefined> {
  if (String([rows.keyPath, rows.index(BY_TIME).keyPath]) !== String([KEY, TIME]))
    throw new Error("another program wrote it");
  const damage = problemIn(await resultOf(rows.getAll()));
  if (damage !== undefined) rows.clear();
  return damage;
}

function warnOfDropping(name: string, reason: string): void {
  // biome-ignore lint/suspicious/noConsole: the developer of the page must see it, and no error is thrown
  console.warn(`[ciam-testkit] The stored state "${name}" was dropped, and the mock starts fresh: ${reason}`);
}

/** The database, if it opens in time. One that opens later is closed, so that it does not block others. */
function inTime(request: IDBOpenDBRequest): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      request.onsuccess = () => request.result?.close();
      reject(new Error("another page holds the database open"));
    };
    const waiting = setTimeout(giveUp, OPEN_WITHIN_MS);
    request.onblocked = giveUp;
    resultOf(request)
      .then(resolve, reject)
      .finally(() => clearTimeout(waiting));
  });
}
