/** A request of the suite and its response, as plain values. */

export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent after the headers. `fetch` joins lines of the same name with a comma. */
  readonly moreHeaders?: readonly HeaderLine[];
  readonly body: string | Uint8Array<ArrayBuffer> | undefined;
  /** Sends the body in chunks, without a content length. */
  readonly chunked?: boolean;
  /** Whether it is a call of the control protocol; those have connections of their own. */
  readonly isControl?: boolean;
}

export type HeaderLine = readonly [name: string, value: string];

/** The body as text, for the reader of a report; empty without a body. */
export function bodyText({ body = "" }: Sent): string {
  return typeof body === "string" ? body : new TextDecoder().decode(body);
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
