/** What every part of the overlay gets. */
import type { Mock } from "../../mock.ts";
import type { Language } from "../i18n/language.ts";
import type { Texts } from "../i18n/overlay/en.ts";

/** What the overlay needs of a mock. A mock has it, and so has `{ ...sandbox, subscribe: mock.subscribe }`. */
export interface OverlayMock {
  readonly clientId: string;
  readonly messages: Pick<Mock["messages"], "list">;
  readonly clock: Pick<Mock["clock"], "read" | "advance" | "set" | "thaw">;
  readonly faults: Pick<Mock["faults"], "add" | "list" | "remove">;
  readonly catalogue: Mock["catalogue"];
  readonly subscribe: Mock["subscribe"];
}

export interface OverlayContext {
  readonly mock: OverlayMock;
  readonly language: Language;
  readonly texts: Texts;
  /** Shows a sentence, and reads it out. */
  readonly say: (sentence: string) => void;
  /** Does the work, and says the sentence that it returns, or its error. */
  readonly act: (work: () => Promise<string>) => void;
}
