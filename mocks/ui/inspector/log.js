/** The newest entries of a log: messages that went out, or requests that came. */

/** As many as the mock keeps. */
const MOST = 1_000;

/** @template {{ readonly id: string }} Entry */
export class Log {
  /** @type {Map<string, Entry>} */
  #entries = new Map();

  /** @param {Entry} entry */
  add(entry) {
    this.#entries.set(entry.id, entry);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > MOST && oldest !== undefined) this.#entries.delete(oldest);
  }

  /**
   * Forgets what it holds and holds what is read, and what has been added meanwhile.
   * @param {() => Promise<readonly Entry[]>} read
   */
  async fill(read) {
    const fresh = new Map();
    this.#entries = fresh;
    for (const entry of await read()) fresh.set(entry.id, entry);
  }

  newestFirst() {
    return [...this.#entries.values()].sort((one, other) => Number(other.id) - Number(one.id));
  }
}
