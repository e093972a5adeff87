/** Decides when to save: some time after a change, never twice at once, and once more after a change during the saving. */
import { setTimeout as wait } from "node:timers/promises";

/** From the first unsaved change to the start of the saving. */
const SAVE_AFTER_MS = 500;

/** The pause after a long save, so that saving takes at most a quarter of the time. */
const PAUSE_FACTOR = 3;

export class Saver {
  readonly #save: () => Promise<void>;
  readonly #onError: (error: unknown) => void;
  readonly #hurry = new AbortController();
  #unsaved = false;
  #failing = false;
  #lastMs = 0;
  #running: Promise<void> | undefined;

  constructor(save: () => Promise<void>, onError: (error: unknown) => void) {
    this.#save = save;
    this.#onError = onError;
  }

  changed(): void {
    this.#unsaved = true;
    if (!this.#hurry.signal.aborted) this.#running ??= this.#run();
  }

  /** Saves what is not saved yet, once. Rejects if that fails. */
  async close(): Promise<void> {
    this.#hurry.abort();
    await this.#running;
    if (!this.#unsaved) return;
    this.#unsaved = false;
    await this.#save();
  }

  async #run(): Promise<void> {
    const { signal } = this.#hurry;
    while (this.#unsaved && !signal.aborted) {
      await wait(Math.max(SAVE_AFTER_MS, PAUSE_FACTOR * this.#lastMs), undefined, { signal }).catch(() => {
        // `close` aborts the waiting.
      });
      if (!signal.aborted) await this.#try();
    }
    this.#running = undefined;
  }

  /** Keeps the changes for the next round if the save fails. Reports only the first of several failures. */
  async #try(): Promise<void> {
    const start = performance.now();
    this.#unsaved = false;
    try {
      await this.#save();
      this.#failing = false;
    } catch (error) {
      this.#unsaved = true;
      if (!this.#failing) this.#onError(error);
      this.#failing = true;
    }
    this.#lastMs = performance.now() - start;
  }
}
