/** What every part of the overlay is given. */
import type { Mock } from "../../mock.ts";
import type { Language, Words } from "./words.ts";

/** What the overlay needs of a mock, which has it; so has `{ ...sandbox, subscribe: mock.subscribe }`. */
export interface OverlayMock {
  readonly clientId: string;
  readonly messages: Pick<Mock["messages"], "list">;
  readonly clock: Pick<Mock["clock"], "read" | "advance" | "set" | "thaw">;
  readonly faults: Pick<Mock["faults"], "add" | "list" | "remove">;
  readonly catalogue: Mock["catalogue"];
  readonly subscribe: Mock["subscribe"];
}

export interface Desk {
  readonly mock: OverlayMock;
  readonly language: Language;
  readonly words: Words;
  /** Says a sentence to who sees the overlay and to who hears it. */
  readonly say: (sentence: string) => void;
  /** Does what a person asked for, and says the sentence that it answers, or why it failed. */
  readonly act: (work: () => Promise<string>) => void;
}
