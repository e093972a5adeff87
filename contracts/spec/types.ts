/** The types of openapi.yaml as the suite uses it: operations, checks, documented errors and schemas. */

import type { Basis } from "./basis.ts";

export interface Spec {
  /** The hash of the text, in hexadecimal. */
  readonly sha256: string;
  readonly version: string;
  /** In the order of the file. A variant comes after the operation whose path it shares. */
  readonly operations: readonly Operation[];
  /** Body fields that carry secrets: those with `format: password`. */
  readonly secretFields: ReadonlySet<string>;
  /** The texts of an error code, from every check that has it. */
  textsOf(code: string): readonly Texts[];
  /** A schema that contains all components, so that its references resolve. */
  schema(reference: string): JsonSchema;
}

type JsonSchema = Readonly<Record<string, unknown>>;

export interface Operation {
  readonly id: string;
  readonly dialect: string;
  readonly summary: string;
  readonly method: string;
  readonly path: string;
  /** Headers of every request, with the documented sample. */
  readonly headers: readonly Header[];
  /** Whether the request has Authorization: always, or never. */
  readonly signedIn: boolean;
  /** Reference of the schema of the request body. */
  readonly body: string | undefined;
  readonly requiredFields: readonly string[];
  /** Reference of the schema of the success response; undefined if it has no body. */
  readonly success: string | undefined;
  /** Reference of the schema of a refusal. */
  readonly refusal: string;
  /** The checks, in the order of openapi.yaml. */
  readonly checks: readonly string[];
  readonly errors: ReadonlyMap<string, DocumentedError>;
  /** What the operation's own page shows, such as its success. */
  readonly page: Basis;
  /** Where the order of the checks comes from. */
  readonly order: Basis;
}

export interface Header {
  readonly name: string;
  readonly required: boolean;
  readonly example: string;
}

export interface Texts {
  readonly en: string;
  readonly zh: string;
  /** Whether a document shows the English text; otherwise we wrote it. */
  readonly enDocumented: boolean;
  /** Whether a document shows the Chinese text; otherwise we wrote it. */
  readonly zhDocumented: boolean;
}

/** A pair of operation and check. */
export interface DocumentedError {
  readonly check: string;
  /** `documented` if the catalogue entry is documented and the page of the operation prints the code. */
  readonly basis: Basis;
  readonly summary: string;
  readonly status: number;
  /** The HTTP status behind a gateway that mirrors the response's own status; undefined if the dialect has none. */
  readonly mirroredStatus: number | undefined;
  /** The code as people write it, such as `IDAAS.SDK.USER.0001` or `404/2004`. */
  readonly code: string;
  readonly texts: Texts;
  /** Other results that the documents allow: error codes, with `*` for any end, or `success`. */
  readonly also: readonly string[];
}

/** An error in openapi.yaml, in words for its editor. */
export class SpecError extends Error {}
