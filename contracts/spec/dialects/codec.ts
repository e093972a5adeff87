/** How a dialect writes requests and responses. */

import type { HttpResponse } from "../../target/transport.ts";
import type { DocumentedError, Texts } from "../types.ts";

/** The fields of x-ciam-errors that describe an error in HTTP; each dialect has its own. */
type Wording = Readonly<Record<string, unknown>>;

export interface DialectCodec {
  readonly clientIdHeader: string;
  readonly languageHeader: string;
  /** The names of the languages in this dialect. */
  readonly languages: { readonly en: string; readonly zh: string };
  /** The header that signs a request in, with the token of the dialect. */
  authorization(token: string): string;
  /** The code and status of a catalogue error in this dialect. */
  documented(wording: Wording): Pick<DocumentedError, "code" | "status" | "mirroredStatus"> & Pick<Texts, "en" | "zh">;
  /** Whether the response reports success. */
  succeeded(response: HttpResponse, json: unknown): boolean;
  /** The content of a refusal; undefined for another response. */
  refusalOf(response: HttpResponse, json: unknown): Refusal | undefined;
}

export interface Refusal {
  readonly code: string;
  readonly text: string;
  /** The status inside the body, beside the HTTP status; undefined if there is none. */
  readonly ownStatus?: number;
}

/** The form case of each operation demands exactly 200. */
export function isSuccess({ status }: HttpResponse): boolean {
  return status >= 200 && status <= 299;
}
