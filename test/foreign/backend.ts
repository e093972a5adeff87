/** The whole backend without a socket: one function from request to response, and a `fetch` that calls it in process. */
import { randomUUID } from "node:crypto";
import { respond as respondToBamboocloud } from "./bamboocloud/front.ts";
import { respondToControl } from "./control/front.ts";
import { respond as respondToGenauth } from "./genauth/front.ts";
import { type Call, type HttpResponse, jsonText } from "./http-values.ts";
import { type Choices, type Options, withOptions } from "./options.ts";
import { CLIENT_ID, FIXED_CODE, MAX_BODY_BYTES } from "./policy.ts";
import { FEW } from "./presets.ts";
import { newSandboxes, type Sandboxes } from "./sandboxes.ts";

export interface ForeignOptions {
  /** `fixed`: one constant code works for every receiver and scene, any number of times, as in many test environments. */
  readonly codes?: "unique" | "fixed";
  readonly clientId?: string;
  /** By default few capabilities. */
  readonly choices?: Choices;
}

/** The bytes of a response. */
interface Written {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface Backend {
  readonly clientId: string;
  readonly choices: Choices;
  respond(call: Call): Promise<Written>;
  fetch(url: string, init?: RequestInit): Promise<Response>;
}

const FIXED: Options = { saidCodes: "fixed", fixedCode: FIXED_CODE };

export function newBackend(options: ForeignOptions = {}): Backend {
  const { codes = "unique", clientId = CLIENT_ID, choices: wanted = FEW } = options;
  const choices = codes === "fixed" ? withOptions(wanted, FIXED) : wanted;
  const sandboxes = newSandboxes(choices, clientId);
  const respond = async (call: Call) => written(await responseTo(call, sandboxes), choices);
  return {
    clientId,
    choices,
    respond,
    async fetch(url, init = {}) {
      const call = isPlain(init) ? plainCall(url, init as PlainInit) : await callOf(new Request(url, init));
      const { status, headers, text } = await respond(call);
      const hasBody = status !== 204 && call.method !== "HEAD";
      return new Response(hasBody ? text : null, { status, headers });
    },
  };
}

type PlainInit = RequestInit & { readonly headers?: Readonly<Record<string, string>>; readonly body?: string };

/** Most requests need no Request, which costs more than all else here. */
function isPlain({ headers = {}, body = "", method = "GET" }: RequestInit): boolean {
  const isRecord = !(headers instanceof Headers) && !Array.isArray(headers);
  // Let the platform judge whatever it might refuse.
  return (
    isRecord && typeof body === "string" && (body === "" || method !== "GET") && Object.values(headers).every(isAscii)
  );
}

function isAscii(value: unknown): boolean {
  return typeof value === "string" && /^[\x20-\x7e]*$/.test(value);
}

function plainCall(url: string, { method = "GET", headers = {}, body = "" }: PlainInit): Call {
  const { pathname, searchParams } = new URL(url);
  const values = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value.trim()]));
  if (body !== "" && !values.has("content-type")) values.set("content-type", "text/plain;charset=UTF-8");
  return { method, path: pathname, query: searchParams, header: (name) => values.get(name), body: withinLimit(body) };
}

async function callOf(request: Request): Promise<Call> {
  const { pathname, searchParams } = new URL(request.url);
  return {
    method: request.method,
    path: pathname,
    query: searchParams,
    header: (name) => request.headers.get(name)?.trim(),
    body: withinLimit(request.body === null ? "" : await request.text()),
  };
}

function withinLimit(body: string): string | undefined {
  return Buffer.byteLength(body) > MAX_BODY_BYTES ? undefined : body;
}

async function responseTo(call: Call, sandboxes: Sandboxes): Promise<HttpResponse> {
  try {
    if (/^\/__testkit(?:\/|$)/.test(call.path)) return await respondToControl(call, sandboxes);
    return call.path.startsWith("/api/v3/") && sandboxes.choices.dialects.includes("genauth")
      ? respondToGenauth(call, sandboxes)
      : respondToBamboocloud(call, sandboxes);
  } catch (error) {
    // A bug of this backend, which must show.
    return { status: 500, body: { error: String(error) } };
  }
}

function written({ status, headers = {}, body, text }: HttpResponse, choices: Choices): Written {
  const usual = {
    server: "foreign-idaas",
    "x-request-id": randomUUID(),
    "cache-control": "no-store",
    "content-type": choices.contentType,
    ...(choices.cors ? { "access-control-allow-origin": "*", "access-control-expose-headers": "x-request-id" } : {}),
  };
  const all = Object.entries({ ...usual, ...headers }).filter(([, value]) => value !== "");
  return { status, headers: Object.fromEntries(all), text: text ?? jsonOf(body, choices) };
}

function jsonOf(body: unknown, { compactJson }: Choices): string {
  if (body === undefined) return "";
  return compactJson ? JSON.stringify(body) : jsonText(body);
}
