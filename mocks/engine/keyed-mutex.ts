/** Runs tasks of the same name one after the other, in the order of their calls. */

export class KeyedMutex {
  readonly #last = new Map<string, Promise<void>>();

  async runExclusive<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name);
    let end = () => {};
    const over = new Promise<void>((resolve) => {
      end = resolve;
    });
    this.#last.set(name, over);
    await before;
    try {
      return await work();
    } finally {
      end();
      if (this.#last.get(name) === over) this.#last.delete(name);
    }
  }
}
