/**
 * Keeps the mock's state in a file: reads it at the start and writes it within a second after each change. The file holds the
 * snapshots of all sandboxes.
 */
import { open, readFile, rename, rm } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { Snapshot } from "../../client/sandbox.ts";
import { ControlError } from "../../http/problem.ts";
import type { Mock } from "../../mock.ts";

/** The version of the file format. A file with a higher number is refused. */
const VERSION = 1;

/** From the first unsaved change to the start of the writing. */
const SAVE_AFTER_MS = 500;

export interface StateFile {
  /** Writes unsaved changes and stops keeping the file. */
  close(): Promise<void>;
}

interface State {
  readonly ciam_testkit_state: number;
  readonly sandboxes: readonly Snapshot[];
}

/**
 * Restores the state from the file, if the file exists, and keeps the file current from then on. Throws, and leaves the file
 * unchanged, if it is damaged or of a newer version. If the file cannot be written, it calls `onError` and tries again.
 */
export async function keepState(mock: Mock, file: string, onError: (error: unknown) => void): Promise<StateFile> {
  // Create a missing file at once, so that a folder without write access fails at the start.
  if (!(await restore(mock, file))) await write(file, mock);
  const saver = new Saver(() => write(file, mock), onError);
  const unsubscribe = mock.subscribe(({ type }) => type !== "message" && type !== "request" && saver.changed());
  return {
    async close() {
      unsubscribe();
      await saver.close();
    },
  };
}

/** Returns whether the file exists. */
async function restore(mock: Mock, file: string): Promise<boolean> {
  const text = await readFile(file, "utf8").catch((error) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return false;
  for (const snapshot of stateOf(text, file).sandboxes) {
    await restoreSandbox(mock, snapshot).catch((error) => {
      throw new Error(`${file} is damaged (${error instanceof Error ? error.message : error}). ${UNCHANGED}`);
    });
  }
  return true;
}

const UNCHANGED = "It was not changed; repair it, or delete it to start fresh";

async function restoreSandbox(mock: Mock, snapshot: Partial<Snapshot> | null): Promise<void> {
  const clientId = snapshot?.client_id;
  if (typeof clientId !== "string") throw new Error("a sandbox has no client_id");
  const isOpen = (await mock.sandboxes.list()).includes(clientId);
  const sandbox = isOpen ? mock.sandbox(clientId) : await mock.sandboxes.create({ clientId });
  await sandbox.snapshot.restore(snapshot as Snapshot);
}

function stateOf(text: string, file: string): State {
  let state: Partial<State> | null;
  try {
    state = JSON.parse(text);
  } catch {
    throw new Error(`${file} is damaged (it is not JSON). ${UNCHANGED}`);
  }
  const version = state?.ciam_testkit_state;
  if (typeof version === "number" && version > VERSION) {
    throw new Error(`${file} was written by a newer version of ciam-testkit. It was not changed; update ciam-testkit`);
  }
  if (version !== VERSION || !Array.isArray(state?.sandboxes)) {
    throw new Error(`${file} is not a state file of ciam-testkit. It was not changed; choose another file name`);
  }
  return state as State;
}

/** Writes a temporary file, flushes it to the disk and renames it, so that the file is never half written. */
async function write(file: string, mock: Mock): Promise<void> {
  const sandboxes: Snapshot[] = [];
  for (const clientId of await mock.sandboxes.list()) {
    const snapshot = await mock.sandbox(clientId).snapshot.take().catch(undefinedIfGone);
    if (snapshot !== undefined) sandboxes.push(snapshot);
  }
  const state: State = { ciam_testkit_state: VERSION, sandboxes };
  // Always the same name, so that the file left by a killed process is overwritten.
  const temporary = `${file}.tmp`;
  try {
    const handle = await open(temporary, "w", 0o600);
    try {
      await handle.writeFile(JSON.stringify(state));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new Error(`${file} cannot be written: ${error instanceof Error ? error.message : error}`);
  }
}

/** A sandbox may be deleted while the snapshots are taken. */
function undefinedIfGone(error: unknown): undefined {
  if (!(error instanceof ControlError && error.problem.status === 404)) throw error;
}

/** Saves some time after a change, never twice at once, and once more after a change during the saving. */
class Saver {
  readonly #save: () => Promise<void>;
  readonly #onError: (error: unknown) => void;
  readonly #hurry = new AbortController();
  #unsaved = false;
  #failing = false;
  #running: Promise<void> | undefined;

  constructor(save: () => Promise<void>, onError: (error: unknown) => void) {
    this.#save = save;
    this.#onError = onError;
  }

  changed(): void {
    this.#unsaved = true;
    this.#running ??= this.#run();
  }

  async close(): Promise<void> {
    this.#hurry.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#unsaved) {
      await wait(SAVE_AFTER_MS, undefined, { signal: this.#hurry.signal }).catch(() => {
        // `close` aborts the waiting.
      });
      this.#unsaved = false;
      await this.#save().then(
        () => this.#succeeded(),
        (error) => this.#failed(error),
      );
    }
    this.#running = undefined;
  }

  #succeeded(): void {
    this.#failing = false;
  }

  /** Tries again in the next round, unless `close` was called. Reports only the first of several failures. */
  #failed(error: unknown): void {
    this.#unsaved = !this.#hurry.signal.aborted;
    if (!this.#failing) this.#onError(error);
    this.#failing = true;
  }
}
