/** Sends calls of the control protocol over HTTP, and checks the fields of the responses. */
import { Busy, isBusy } from "./busy.ts";
import { NotOffered } from "./target.ts";
import { exchange, type Fetch, type HttpResponse } from "./transport.ts";

export interface ControlTargetOptions {
  readonly baseUrl: string;
  /** The URL of the control protocol; by default `/__testkit` below the base URL. */
  readonly controlUrl?: string;
  /** The client id of the default sandbox; by default the one in the documents. */
  readonly clientId?: string;
  readonly controlToken?: string;
  readonly timeoutMs?: number;
  readonly fetch?: Fetch;
}

/** The target did not follow the control protocol. */
export class ControlFailure extends Error {}

const TIMEOUT_MS = 10_000;

/** Shorter texts occur by chance in other text. */
const SHORTEST_SECRET = 4;

export interface Control {
  readonly url: string;
  ask(method: string, path: string, call?: Call): Promise<HttpResponse>;
  /** The parsed response; throws `NotOffered` or `ControlFailure` for a refusal. */
  json<T>(method: string, path: string, call?: Call): Promise<T>;
  /** The same; undefined for a 404, which means that there is no such thing. */
  found<T>(method: string, path: string): Promise<T | undefined>;
  forClient(clientId: string): Control;
}

interface Call {
  readonly body?: unknown;
  /** Fields that the response must have. */
  readonly demands?: readonly string[];
  /**
   * What the target does not offer if it refuses the call with one of `NOT_OFFERED`, such as "expired tokens". Without
   * it, only 501 has this meaning.
   */
  readonly offer?: string;
  /** How long the target may hold the response. This time does not count towards the time limit. */
  readonly holdSeconds?: number;
}

export function controlOf(options: ControlTargetOptions, baseUrl: string, clientId = options.clientId): Control {
  const { controlUrl, controlToken, timeoutMs = TIMEOUT_MS, fetch } = options;
  assertSendable(controlToken);
  const url = (controlUrl ?? `${baseUrl}/__testkit`).replace(/\/+$/, "");
  const ask: Control["ask"] = async (method, path, { body, holdSeconds = 0 } = {}) => {
    const headers = given({
      // Some frameworks refuse a request that announces JSON but has no body.
      "content-type": body === undefined ? undefined : "application/json",
      "x-client-id": clientId,
      authorization: controlToken === undefined ? undefined : `Bearer ${controlToken}`,
    }) as Record<string, string>;
    const target = path === "" ? url : `${url}/${path}`;
    const text = body === undefined ? undefined : JSON.stringify(body);
    const sent = { method, url: target, headers, body: text, isControl: true };
    return withoutToken(await exchange(sent, timeoutMs + holdSeconds * 1_000, fetch), controlToken);
  };
  const named = (method: string, path: string) => `${method} ${url}/${pathOnly(path)}`;
  return {
    url,
    ask,
    async json<T>(method: string, path: string, call: Call = {}): Promise<T> {
      const response = await ask(method, path, call);
      assertOffered(response, template(method, path), call.offer);
      return assertDone(response, named(method, path), call.demands) as T;
    },
    async found<T>(method: string, path: string): Promise<T | undefined> {
      const response = await ask(method, path);
      if (response.status === 404) return undefined;
      assertOffered(response, template(method, path));
      return assertDone(response, named(method, path), ["id"]) as T;
    },
    forClient: (id) => controlOf(options, baseUrl, id),
  };
}

/** HTTP strips outer blanks, and a header cannot hold other characters. */
function assertSendable(token: string | undefined): void {
  if (token !== undefined && !/^[!-~]+(?: +[!-~]+)*$/.test(token))
    throw new Error("the control token must be ASCII letters, digits and punctuation, without blanks around it");
}

/** A refusal may repeat the token, and messages and reports quote refusals. */
function withoutToken(response: HttpResponse, token = ""): HttpResponse {
  if (response.status < 400 || token.length < SHORTEST_SECRET) return response;
  return { ...response, body: response.body.replaceAll(token, "<control_token>") };
}

/** The query contains a receiver, which no message may show. */
function pathOnly(path: string): string {
  return path.replace(/\?.*/, "");
}

/** The same text for every account and captcha, so that a report can group the cases by it. */
function template(method: string, path: string): string {
  return `${method} ${pathOnly(path).replace(/^(accounts|captcha|sandboxes)\/[^/]+/, "$1/{id}")}`;
}

/** The statuses by which frameworks say that a call, a field or a value is not there. */
export const NOT_OFFERED: readonly number[] = [400, 404, 405, 422, 501];

/** Throws `NotOffered` if the refusal says so. `call` names the call, `offer` what it was asked for. */
function assertOffered(response: HttpResponse, call: string, offer?: string): void {
  const isRefused = offer === undefined ? response.status === 501 : NOT_OFFERED.includes(response.status);
  if (isRefused)
    throw new NotOffered(`the target does not offer ${offer ?? "this call"}: ${call} returned ${shown(response)}`);
}

/** The parsed response of a successful call. `what` names the call. */
export function assertDone(response: HttpResponse, what: string, demands: readonly string[] = []): unknown {
  const { status, body } = response;
  if (isBusy(response)) throw new Busy(what, response);
  if (status < 200 || status > 299) throw new ControlFailure(`${what} returned ${shown(response)}`);
  const value = body === "" ? undefined : jsonOf(body);
  if (body !== "" && value === undefined)
    throw new ControlFailure(`${what} returned ${status} with a body that is not JSON`);
  const absent = demands.find((name) => (Object(value)[name] ?? undefined) === undefined);
  if (absent !== undefined) throw new ControlFailure(`${what} returned ${status} without "${absent}"`);
  return value;
}

export function shown({ status, body }: HttpResponse): string {
  const problem = jsonOf(body) as { readonly title?: unknown; readonly detail?: unknown } | undefined;
  const words = problem?.detail ?? problem?.title;
  return typeof words === "string" ? `${status}: ${words}` : `${status}`;
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Only the fields with a value. */
export function given(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
