/** How the requests and answers of a dialect are written, as the suite sees them. */
import type { Answer } from "../transport.ts";

export interface Wire {
  readonly clientIdHeader: string;
  readonly languageHeader: string;
  authorization(idToken: string): string;
  /** What a refusal says; undefined for an answer that is none. */
  refusalOf(answer: Answer, json: unknown): Refusal | undefined;
}

export interface Refusal {
  readonly code: string;
  readonly text: string;
}
