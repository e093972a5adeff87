/** Parses a request body into an object with unchecked fields, or says why it cannot be parsed. */
import type { PlainRequest, PlainResponse } from "./message.ts";
import { BODY_LIMIT_BYTES } from "./message.ts";
import { problemResponse } from "./problem.ts";

export type Fields = Readonly<Record<string, unknown>>;

export type ParsedBody =
  | { readonly fields: Fields }
  | { readonly refusedBy: "body-too-large" | "body-malformed"; readonly why: string; readonly response: PlainResponse };

const NOTHING: Fields = Object.freeze({});

/** An empty body counts as an object without fields: then the check for the first missing field responds as the API does. */
export function parseBody({ method, body }: PlainRequest): ParsedBody {
  if (body === null) return tooLarge();
  if (method === "GET" || body === "") return { fields: NOTHING };
  let value: unknown;
  try {
    value = parseJson(body);
  } catch (error) {
    return malformed(notJson(error));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return malformed("the body must be a JSON object");
  }
  return { fields: value as Fields };
}

/** Throws if the text is not JSON. Ignores a byte order mark at the start. */
export function parseJson(text: string): unknown {
  return JSON.parse(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
}

/** The value of the text; undefined if it is not JSON. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Gives the position only: the message of the JavaScript engine quotes the text, which may contain a password. */
export function notJson(error: unknown): string {
  const position = /position \d+/.exec(String(error))?.[0];
  return position === undefined ? "the body is not JSON" : `the body is not JSON at ${position}`;
}

const BYTE_ORDER_MARK = "\uFEFF";

function tooLarge(): ParsedBody {
  const why = `the body is larger than ${BODY_LIMIT_BYTES} bytes`;
  return {
    refusedBy: "body-too-large",
    why,
    response: problemResponse({ title: "Body too large", status: 413, detail: why }),
  };
}

function malformed(why: string): ParsedBody {
  return {
    refusedBy: "body-malformed",
    why,
    response: problemResponse({ title: "Malformed body", status: 400, detail: why }),
  };
}
