/** A request and its response as plain values. Adapters translate from and to their own kind. */
import type { TransportFault } from "../core/records.ts";

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
  /** Sent after the body, until the client disconnects. */
  readonly stream?: AsyncIterable<string>;
  /** How the adapter fails the connection instead of sending this response. A request that hangs never gets this far. */
  readonly transport?: Exclude<TransportFault, "hang">;
}

/** Limit of the API; source: inferred. */
export const BODY_LIMIT_BYTES = 65_536;

/** Limit of the control protocol, which may carry a long list of weak passwords. */
const CONTROL_BODY_LIMIT_BYTES = 8 * 1_048_576;

export const CONTROL_BASE_PATH = "/__testkit";

export function isControlPath(path: string): boolean {
  return path === CONTROL_BASE_PATH || path.startsWith(`${CONTROL_BASE_PATH}/`);
}

/** The largest body, in bytes, that is accepted at this path. An adapter stops reading beyond it. */
export function bodyLimit(path: string): number {
  return isControlPath(path) ? CONTROL_BODY_LIMIT_BYTES : BODY_LIMIT_BYTES;
}

/** Statuses whose responses never have a body (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5). */
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

export function hasNoBody(status: number): boolean {
  return WITHOUT_BODY.has(status);
}

/** The header's value without surrounding blanks; undefined for a blank or missing one. */
export function headerOf(headers: PlainHeaders, name: string): string | undefined {
  const value = headers[name];
  const text = typeof value === "string" ? value : value?.join(", ");
  return text?.trim() || undefined;
}

export function jsonResponse(status: number, body: unknown): PlainResponse {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
