/** The newest entries of a log: messages that were sent, or requests that arrived. */

/** As many as the mock keeps. */
const MOST = 1_000;

export class Log<Entry extends { readonly id: string }> {
  #entries = new Map<string, Entry>();

  add(entry: Entry): void {
    this.#entries.set(entry.id, entry);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > MOST && oldest !== undefined) this.#entries.delete(oldest);
  }

  /** Replaces the entries by the ones that are read, and by the ones that are added in the meantime. */
  async fill(read: () => Promise<readonly Entry[]>): Promise<void> {
    const fresh = new Map<string, Entry>();
    this.#entries = fresh;
    for (const entry of await read()) fresh.set(entry.id, entry);
  }

  newestFirst(): Entry[] {
    return [...this.#entries.values()].sort((one, other) => Number(other.id) - Number(one.id));
  }
}
