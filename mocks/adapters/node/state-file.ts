/**
 * Keeps the mock's state in a file: read at the start, written anew within a second of each change. Knows files; what a
 * sandbox's snapshot holds is the control protocol's.
 */
import { open, readFile, rename, rm } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { Snapshot } from "../../client/sandbox.ts";
import { ControlError } from "../../http/problem.ts";
import type { Mock } from "../../mock.ts";

/** The form of the file. A newer program may write a higher number, which this one refuses. */
const VERSION = 1;

/** From the first change that is not yet written to its writing; leaves time for the writing itself. */
const SAVE_AFTER_MS = 500;

export interface StateFile {
  /** Writes what is not yet written, and keeps the file no longer. */
  close(): Promise<void>;
}

interface State {
  readonly ciam_testkit_state: number;
  readonly sandboxes: readonly Snapshot[];
}

/**
 * Restores what the file holds, if there is one, and keeps it current from then on. Throws, and leaves the file as it is, when
 * the file is damaged or of a newer version. `onError` is told when it cannot be written; then it is tried again.
 */
export async function keepState(mock: Mock, file: string, onError: (error: unknown) => void): Promise<StateFile> {
  // A new file is made at once, so that a place that cannot be written to shows at the start.
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

/** Answers whether there was a file. */
async function restore(mock: Mock, file: string): Promise<boolean> {
  const text = await readFile(file, "utf8").catch((error) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return false;
  for (const snapshot of stateOf(text, file).sandboxes) {
    await restoreSandbox(mock, snapshot).catch((error) => {
      throw new Error(`${file} is damaged (${error instanceof Error ? error.message : error}); it was left as it is`);
    });
  }
  return true;
}

async function restoreSandbox(mock: Mock, snapshot: Partial<Snapshot> | null): Promise<void> {
  const clientId = snapshot?.client_id;
  if (typeof clientId !== "string") throw new Error("a sandbox without its client id");
  const isOpen = (await mock.sandboxes.list()).includes(clientId);
  const sandbox = isOpen ? mock.sandbox(clientId) : await mock.sandboxes.create({ clientId });
  await sandbox.snapshot.restore(snapshot as Snapshot);
}

function stateOf(text: string, file: string): State {
  let state: Partial<State> | null;
  try {
    state = JSON.parse(text);
  } catch {
    throw new Error(`${file} is damaged: it is not JSON; it was left as it is`);
  }
  const version = state?.ciam_testkit_state;
  if (typeof version === "number" && version > VERSION) {
    throw new Error(`${file} was written by a newer version of ciam-testkit; it was left as it is`);
  }
  if (version !== VERSION || !Array.isArray(state?.sandboxes)) {
    throw new Error(`${file} is no state of ciam-testkit; it was left as it is`);
  }
  return state as State;
}

/** Whole or not at all: a temporary file is written, flushed to the disk, and put in the place of the old one. */
async function write(file: string, mock: Mock): Promise<void> {
  const sandboxes: Snapshot[] = [];
  for (const clientId of await mock.sandboxes.list()) {
    const snapshot = await mock.sandbox(clientId).snapshot.take().catch(undefinedIfGone);
    if (snapshot !== undefined) sandboxes.push(snapshot);
  }
  const state: State = { ciam_testkit_state: VERSION, sandboxes };
  // Always the same name: what a killed process has left is overwritten, not left for good.
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

/** A sandbox may be closed while the others are taken. */
function undefinedIfGone(error: unknown): undefined {
  if (!(error instanceof ControlError && error.problem.status === 404)) throw error;
}

/** Saves some time after a change, never twice at once, and once more if something changed meanwhile. */
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
        // The end does not wait.
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

  /** Tried again with the next round, unless this was the last; told once. */
  #failed(error: unknown): void {
    this.#unsaved = !this.#hurry.signal.aborted;
    if (!this.#failing) this.#onError(error);
    this.#failing = true;
  }
}
