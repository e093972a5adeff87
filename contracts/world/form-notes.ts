/**
 * What the cases of a run saw of the form of responses: status, schema, unexpected bodies. A mistake in the form shows
 * in every response. So one case per operation reports it, and the other cases do not repeat it.
 */
import type { Deviation, Recorded } from "./world.ts";

interface FormNote {
  readonly deviation: Deviation;
  /** The number of responses that had it. */
  readonly count: number;
  /** The first exchange that shows it. */
  readonly example: Recorded | undefined;
}

export interface FormNotes {
  /** Announces the operations whose form case runs. The cases of other operations report the form themselves. */
  willBeJudged(operations: readonly string[]): void;
  isJudged(operation: string): boolean;
  add(operation: string, deviation: Deviation, example: Recorded | undefined): void;
  of(operation: string): readonly FormNote[];
}

export function formNotes(): FormNotes {
  const judged = new Set<string>();
  const notes = new Map<string, Map<string, FormNote>>();
  return {
    willBeJudged(operations) {
      for (const operation of operations) judged.add(operation);
    },
    isJudged: (operation) => judged.has(operation),
    add(operation, deviation, example) {
      const { what, expected, got, basis } = deviation;
      const key = JSON.stringify([what, expected, got, basis.strength]);
      const own = notes.get(operation) ?? new Map<string, FormNote>();
      const note = own.get(key);
      own.set(key, note === undefined ? { deviation, count: 1, example } : { ...note, count: note.count + 1 });
      notes.set(operation, own);
    },
    of: (operation) => [...(notes.get(operation)?.values() ?? [])],
  };
}
