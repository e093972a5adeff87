/** The journal: each request, its response and the reason. Secrets are masked when the journal is read. */
import { iso } from "../core/clock.ts";
import type { Entry, Exchange, KeptBody } from "../core/records.ts";
import { parseJson } from "../http/body.ts";
import type { PlainRequest } from "../http/message.ts";
import { secretFields } from "../spec/index.ts";
import type { Decision } from "./decision.ts";

/** In characters. Of a longer body, such as a picture, only the length is kept, to save memory. */
const LONGEST_BODY = 4_096;

/** Of a longer value of a header, and of a longer path, only the length is kept. */
const LONGEST_TEXT = 2_048;
/** The characters of all headers that are kept. */
const LONGEST_HEADERS = 8_192;

const SECRET_HEADERS = new Set(["authorization", "cookie", "session-token", "x-state-token"]);
const MASK = "***";

export function toJournalEntry(request: PlainRequest, decision: Decision, now: number): Exchange {
  const { response, operation, decidedBy, why, injected = false } = decision;
  const { method, path, headers } = request;
  return {
    at: now,
    operation,
    decidedBy,
    why,
    injected,
    method: keptText(method),
    path: keptText(path),
    headers: keptHeaders(headers),
    body: kept(request.body ?? ""),
    status: response.status,
    answerHeaders: response.headers,
    answerBody: kept(response.body),
  };
}

/** The entry in the form of the control protocol. */
export function toProtocol({ id, value }: Entry<"requests">) {
  return {
    id: String(id),
    at: iso(value.at),
    operation: value.operation,
    decided_by: value.decidedBy,
    why: value.why,
    injected: value.injected,
    request: {
      method: value.method,
      path: value.path,
      headers: maskedHeaders(value.headers),
      body: maskedBody(value.body),
    },
    response: {
      status: value.status,
      headers: maskedHeaders(value.answerHeaders),
      body: maskedBody(value.answerBody),
    },
  };
}

function keptText(text: string): string {
  return text.length > LONGEST_TEXT ? `(${text.length} characters)` : text;
}

function keptHeaders(headers: Exchange["headers"]): Exchange["headers"] {
  return areShort(headers) ? { ...headers } : shortenedHeaders(headers);
}

/** Whether all headers can be kept as they are. Almost all requests have such headers. */
function areShort(headers: Exchange["headers"]): boolean {
  let room = LONGEST_HEADERS;
  for (const name in headers) {
    const value = headers[name];
    if (typeof value !== "string" || value.length > LONGEST_TEXT) return false;
    room -= name.length + value.length;
  }
  return room >= 0;
}

/** The headers in their order, as far as there is room. The others are counted. */
function shortenedHeaders(headers: Exchange["headers"]): Exchange["headers"] {
  const kept: [name: string, value: string][] = [];
  let [room, left] = [LONGEST_HEADERS, 0];
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    const text = keptText(String(value));
    room -= name.length + text.length;
    if (room >= 0) kept.push([name, text]);
    else left += 1;
  }
  if (left > 0) kept.push(["(left out)", `${left} headers`]);
  return Object.fromEntries(kept);
}

function kept(body: string): KeptBody {
  return body.length > LONGEST_BODY ? { length: body.length } : body;
}

function maskedHeaders(headers: Exchange["headers"]): Record<string, string> {
  const masked: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) masked[name] = SECRET_HEADERS.has(name) ? MASK : String(value);
  }
  return masked;
}

function maskedBody(body: KeptBody): unknown {
  if (typeof body !== "string") return `(${body.length} characters)`;
  if (body === "") return null;
  const value = jsonObject(body);
  return value === undefined ? `(${body.length} characters, not a JSON object)` : masked(value);
}

/** Only an object can be shown: its field names tell which values are secret. */
function jsonObject(text: string): object | undefined {
  try {
    const value = parseJson(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function masked(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(masked);
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, secretFields.has(name) ? MASK : masked(field)]),
  );
}
