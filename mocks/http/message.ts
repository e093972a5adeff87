/** A request and its answer as plain values. Doors translate from and to their own kind. */

export interface PlainRequest {
  readonly method: string;
  /** As written, still percent-encoded, without the query. */
  readonly path: string;
  /** What follows the question mark, or nothing. */
  readonly query: string;
  /** By lower-case name. */
  readonly headers: PlainHeaders;
  /** null for a body over the limit. */
  readonly body: string | null;
  /** Given when the client is gone; asked for only where an answer is waited for. */
  readonly gone?: () => AbortSignal;
}

export type PlainHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface PlainResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Follows the body, for as long as somebody reads it. */
  readonly stream?: AsyncIterable<string>;
  /** How the door fails instead of delivering this; a hanging request is never answered at all. */
  readonly transport?: "reset" | "empty" | "truncate";
}

/** Of the API; source: inferred. */
export const BODY_LIMIT_BYTES = 65_536;

/** Of the control protocol, which may carry a long list of weak passwords. */
const CONTROL_BODY_LIMIT_BYTES = 8 * 1_048_576;

export const CONTROL_BASE_PATH = "/__testkit";

export function isControlPath(path: string): boolean {
  return path === CONTROL_BASE_PATH || path.startsWith(`${CONTROL_BASE_PATH}/`);
}

/** How large a body may be at this path; a door gives up reading beyond it. */
export function bodyLimit(path: string): number {
  return isControlPath(path) ? CONTROL_BODY_LIMIT_BYTES : BODY_LIMIT_BYTES;
}

/** The header's value without surrounding blanks; undefined where that leaves nothing. */
export function headerOf(headers: PlainHeaders, name: string): string | undefined {
  const value = headers[name];
  const text = typeof value === "string" ? value : value?.join(", ");
  return text?.trim() || undefined;
}

export function jsonResponse(status: number, body: unknown): PlainResponse {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
