/** How the requests and answers of a dialect are written, as the suite sees them. */

import type { HttpResponse } from "../../target/transport.ts";
import type { DocumentedError, Texts } from "../types.ts";

/** The members of x-ciam-errors that say how an error goes over the wire; each dialect has its own. */
type Wording = Readonly<Record<string, unknown>>;

export interface DialectCodec {
  readonly clientIdHeader: string;
  readonly languageHeader: string;
  /** How the languages are named in it. */
  readonly languages: { readonly en: string; readonly zh: string };
  /** The header that signs a request in, with the token that the dialect takes. */
  authorization(token: string): string;
  /** What an error of the catalogue is on this wire. */
  documented(wording: Wording): Pick<DocumentedError, "code" | "status" | "mirroredStatus"> & Pick<Texts, "en" | "zh">;
  /** Whether the request was carried out. */
  succeeded(answer: HttpResponse, json: unknown): boolean;
  /** What a refusal says; undefined for an answer that is none. */
  refusalOf(answer: HttpResponse, json: unknown): Refusal | undefined;
}

export interface Refusal {
  readonly code: string;
  readonly text: string;
  /** The status that the answer gives itself, beside that of HTTP; undefined where it gives none. */
  readonly ownStatus?: number;
}
