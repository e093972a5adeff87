/** openapi.yaml as the suite sees it: operations, checks, documented errors and schemas. */

export interface Spec {
  /** Of the text, in hexadecimal. */
  readonly sha256: string;
  readonly version: string;
  /** In the order of the file; an operation that shares its path comes after the one that it varies. */
  readonly operations: readonly Operation[];
  /** Members of bodies that carry secrets: those with `format: password`. */
  readonly secretFields: ReadonlySet<string>;
  /** Texts of an error code, whichever check gives it. */
  textsOf(code: string): readonly Texts[];
  /** A schema that holds the whole of components, so that references within it resolve. */
  schema(reference: string): JsonSchema;
}

type JsonSchema = Readonly<Record<string, unknown>>;

export interface Operation {
  readonly id: string;
  readonly dialect: string;
  readonly summary: string;
  readonly method: string;
  readonly path: string;
  /** Headers that every request carries, with the documented sample. */
  readonly headers: readonly Header[];
  /** Whether Authorization is sent: always, or never. */
  readonly signedIn: boolean;
  /** Reference of the request body's schema. */
  readonly body: string | undefined;
  readonly requiredFields: readonly string[];
  /** Reference of the schema of a successful answer; undefined where it has no body. */
  readonly success: string | undefined;
  /** Reference of the schema of a refusal. */
  readonly refusal: string;
  /** The checks in the order of the spec. */
  readonly checks: readonly string[];
  readonly errors: ReadonlyMap<string, DocumentedError>;
}

export interface Header {
  readonly name: string;
  readonly required: boolean;
  readonly example: string;
}

export interface Texts {
  readonly en: string;
  readonly zh: string;
  /** Whether a page shows the English text; otherwise it is ours. */
  readonly enDocumented: boolean;
  /** Whether a page shows the Chinese text; otherwise it is ours. */
  readonly zhDocumented: boolean;
}

export interface DocumentedError {
  readonly check: string;
  readonly summary: string;
  readonly status: number;
  /** The status behind a gateway that makes the answer's own status that of HTTP; undefined where there is no such thing. */
  readonly mirroredStatus: number | undefined;
  /** As people name it, such as `IDAAS.SDK.USER.0001` or `404/2004`. */
  readonly code: string;
  readonly texts: Texts;
  /** What a target may answer instead, where the documents leave it open: codes, with `*` for any end, or `success`. */
  readonly also: readonly string[];
}

/** What is wrong with openapi.yaml, in words for who edits it. */
export class SpecError extends Error {}
