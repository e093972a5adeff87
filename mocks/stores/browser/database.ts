/**
 * The database in which a page keeps its rows. Stored state that cannot be used is dropped with one warning; a connection that
 * the browser closes is opened anew; and a newer version of this package in another tab is not kept waiting.
 */
import { problemIn } from "./row-schema.ts";

/** The form of what is stored. A database that was made without a word on its version has 1, so ours begin at 2. */
const VERSION = 2;

/** A page that holds the database open and does not let go could otherwise keep others waiting for good. */
const OPEN_WITHIN_MS = 5_000;

const OUTDATED = "Another tab has a newer version of ciam-testkit. Reload this page.";

/** More in a row are no accident. */
const MOST_LOSSES = 20;

const ROWS = "rows";
const KEY = ["sandbox", "kind", "key"];

/** The index of what may be forgotten, by sandbox and time. */
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
   * What `work` does with the rows happens as a whole or not at all. It may wait for answers of the rows, and nothing else. It is
   * done again, on a new connection, if this one is lost, as when the site's data is cleared: then nothing was written. Rejects
   * where nothing can be stored, and once another tab has a newer version of this package.
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
      // Whoever deletes the database names no version; then this page goes on with a fresh one.
      this.#outdated = newVersion !== null;
    }).catch((error) => {
      this.#connection = undefined;
      throw error;
    });
    return this.#connection;
  }
}

/**
 * Whether the connection was closed, by the browser or for the sake of another tab. Of an opening that is cut short, Chromium says
 * no more than that its error is an unknown one.
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

/** The answer of the database to one request. */
export function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Told of the version that another tab wants in the place of this one. */
type LetGo = (event: IDBVersionChangeEvent) => void;

/** Why what is stored must go. */
class Unusable extends Error {}

/** Drops what is there if it cannot be used, and says so. Rejects where nothing can be stored. */
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
    throw isNamed(error, "VersionError") ? new Unusable("it is of a newer version") : error;
  });
  database.onversionchange = (event) => {
    database.close();
    letGo(event);
  };
  try {
    const fault = await transact(database, "readwrite", dropIfUnsound);
    if (replaced > 0) warnOfDropping(name, "it is of an older version");
    if (fault !== undefined) warnOfDropping(name, `it is damaged: ${fault}`);
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

/** Looked at and cleared in one transaction, so that of two tabs that open it at once one finds the damage. */
async function dropIfUnsound(rows: IDBObjectStore): Promise<string | undefined> {
  if (String([rows.keyPath, rows.index(BY_TIME).keyPath]) !== String([KEY, TIME])) throw new Error("it is not ours");
  const fault = problemIn(await answerOf(rows.getAll()));
  if (fault !== undefined) rows.clear();
  return fault;
}

function warnOfDropping(name: string, reason: string): void {
  // biome-ignore lint/suspicious/noConsole: who develops the page must learn it, and nothing is thrown
  console.warn(`[ciam-testkit] The stored state "${name}" was dropped, and the mock starts fresh: ${reason}`);
}

/** The answer, if it comes in time; what comes later is not used, and holds up nobody. */
function inTime(request: IDBOpenDBRequest): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      request.onsuccess = () => request.result?.close();
      reject(new Error("another page holds the database open"));
    };
    const waiting = setTimeout(giveUp, OPEN_WITHIN_MS);
    request.onblocked = giveUp;
    answerOf(request)
      .then(resolve, reject)
      .finally(() => clearTimeout(waiting));
  });
}
