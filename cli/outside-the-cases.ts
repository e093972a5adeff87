/** What a target module does outside the functions that the suite calls: console output, and errors that no case sees. */
import { Console } from "node:console";
import { Writable } from "node:stream";

interface StrayErrors {
  note(error: unknown): void;
  /** Why the run has no conclusion; undefined without such an error. */
  doubt(): string | undefined;
}

/** `print` gets each error once. A report gets only their number, because their texts may contain secrets. */
export function strayErrors(print: (text: string) => void): StrayErrors {
  const seen = new Set<string>();
  return {
    note(error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      if (!seen.has(text)) print(`ciam-testkit: an error outside the cases: ${text}\n`);
      seen.add(text);
    },
    doubt() {
      if (seen.size === 0) return undefined;
      return `${seen.size === 1 ? "1 error" : `${seen.size} errors`} outside the cases; standard error shows the text`;
    },
  };
}

/** Sends the output of `console` to `print`, so that standard output has the report alone. Returns a function that ends this. */
export function redirectConsole(print: (text: string) => void): () => void {
  const before = globalThis.console;
  const stream = new Writable({
    decodeStrings: false,
    write(text: string, _encoding, done) {
      print(text);
      done();
    },
  });
  globalThis.console = new Console(stream);
  return () => {
    globalThis.console = before;
  };
}
