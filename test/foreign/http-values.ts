/** Requests and responses as plain values, apart from sockets. */

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** The trimmed header; undefined when it is absent, empty text when it is blank. */
  header(name: string): string | undefined;
  /** undefined when it was longer than this backend reads. */
  readonly body: string | undefined;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Written as JSON; undefined gives an empty response. */
  readonly body?: unknown;
  /** Written as it is, instead of a body. */
  readonly text?: string;
}

/** The header; undefined when it is absent or blank. */
export function filledHeader(call: Call, name: string): string | undefined {
  return call.header(name) || undefined;
}

/** The fields of a JSON object; an empty text has none. undefined for any other text. */
export function fieldsOf(text: string): Readonly<Record<string, unknown>> | undefined {
  if (text === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** JSON in another format than JSON.stringify's default: several lines, ASCII only. */
export function jsonText(value: unknown): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return `${JSON.stringify(value, null, 4).replace(/[\u0080-\uffff]/g, escaped)}\n`;
}

export function problem(status: number, title: string, detail?: string): HttpResponse {
  const headers = { "content-type": "application/problem+json" };
  return { status, headers, body: { status, title, ...(detail === undefined ? {} : { detail }) } };
}
