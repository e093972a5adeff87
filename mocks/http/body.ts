/** The request body as an object whose members nobody has looked at yet, or the reason why there is none. */
import type { PlainRequest, PlainResponse } from "./message.ts";
import { BODY_LIMIT_BYTES } from "./message.ts";
import { problemResponse } from "./problem.ts";

export type Fields = Readonly<Record<string, unknown>>;

export type ParsedBody =
  | { readonly fields: Fields }
  | { readonly refusedBy: "body-too-large" | "body-malformed"; readonly why: string; readonly answer: PlainResponse };

const NOTHING: Fields = Object.freeze({});

/** An empty body is an object without members: then the first check that misses one answers, in the API's own words. */
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
    return malformed("the body is JSON, but not an object");
  }
  return { fields: value as Fields };
}

/** Throws for what is no JSON; a byte order mark before it is none of its business. */
export function parseJson(text: string): unknown {
  return JSON.parse(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
}

/** Only where it is wrong: the engine's own message quotes the text, which may hold a password. */
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
    answer: problemResponse({ title: "Body too large", status: 413, detail: why }),
  };
}

function malformed(why: string): ParsedBody {
  return {
    refusedBy: "body-malformed",
    why,
    answer: problemResponse({ title: "Malformed body", status: 400, detail: why }),
  };
}
