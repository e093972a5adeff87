/** What every view gets, and what every view is. */
import type { Catalogue } from "../../../client/sandbox.ts";
import type { ControlEvent } from "../../../client/transport.ts";
import type { Texts } from "../../i18n/inspector/en.ts";
import { textsIn } from "../../i18n/inspector/texts.ts";
import type { Language } from "../../i18n/language.ts";
import { openDialog, type Question } from "../../widgets/dialog.ts";
import type { RemoteMock } from "./remote-mock.ts";
import { SandboxClock } from "./time.ts";

export interface Session {
  readonly mock: RemoteMock;
  /** The sandbox; undefined for the default one. */
  readonly clientId: string | undefined;
  readonly language: Language;
  readonly texts: Texts;
  readonly clock: SandboxClock;
  /** Read once. */
  readonly catalogue: () => Promise<Catalogue>;
  /** Shows and reads out a short notice. */
  readonly notify: (text: string) => void;
  /** Asks a question in a dialog. */
  readonly ask: (question: Omit<Question, "cancel">) => void;
  /** Does the work, and shows its error. */
  readonly attempt: (work: () => Promise<unknown>) => Promise<void>;
}

export interface View {
  readonly element: HTMLElement;
  /** Reads again what is shown. Throws as calls do. */
  load(): Promise<unknown>;
  heard?(event: ControlEvent): void;
  /** Time has passed. */
  tick?(): void;
}

interface Parts extends Pick<Session, "mock" | "clientId" | "language" | "notify"> {
  readonly onError: (error: unknown) => void;
}

export function newSession({ onError, ...parts }: Parts): Session {
  const texts = textsIn[parts.language];
  let catalogue: Promise<Catalogue> | undefined;
  return {
    ...parts,
    texts,
    clock: new SandboxClock(),
    ask: (question) => openDialog({ ...question, cancel: texts.cancel }),
    async attempt(work) {
      try {
        await work();
      } catch (error) {
        onError(error);
      }
    },
    catalogue() {
      catalogue ??= parts.mock.catalogue.read().catch((error) => {
        catalogue = undefined;
        throw error;
      });
      return catalogue;
    },
  };
}
