/** Calls of the control protocol over HTTP: what is sent with each, and what an answer must have. Knows no call by name. */
import { exchange, type Fetch, type HttpResponse } from "./transport.ts";

export interface ControlTargetOptions {
  readonly baseUrl: string;
  /** Where the control protocol is; by default `/__testkit` below the base URL. */
  readonly controlUrl?: string;
  /** The default sandbox's; by default the one that the documents show. */
  readonly clientId?: string;
  readonly controlToken?: string;
  readonly timeoutMs?: number;
  readonly fetch?: Fetch;
}

/** A target that answers something else than the control protocol demands. */
export class ControlFailure extends Error {}

const TIMEOUT_MS = 10_000;

export interface Control {
  readonly url: string;
  ask(method: string, path: string, call?: Call): Promise<HttpResponse>;
  /** The parsed answer; throws `ControlFailure` for a refusal. */
  json<T>(method: string, path: string, call?: Call): Promise<T>;
  /** The same; undefined for what is not there. */
  found<T>(method: string, path: string): Promise<T | undefined>;
  forClient(clientId: string): Control;
}

interface Call {
  readonly body?: unknown;
  /** Members that the answer must have. */
  readonly demands?: readonly string[];
  /** How long the target is asked to hold its answer; the limit of the request does not count meanwhile. */
  readonly holdSeconds?: number;
}

export function controlOf(options: ControlTargetOptions, baseUrl: string, clientId = options.clientId): Control {
  const { controlUrl, controlToken, timeoutMs = TIMEOUT_MS, fetch } = options;
  const url = (controlUrl ?? `${baseUrl}/__testkit`).replace(/\/+$/, "");
  const ask: Control["ask"] = (method, path, { body, holdSeconds = 0 } = {}) => {
    const headers = given({
      // Some frameworks refuse a request that announces JSON and has no body.
      "content-type": body === undefined ? undefined : "application/json",
      "x-client-id": clientId,
      authorization: controlToken === undefined ? undefined : `Bearer ${controlToken}`,
    }) as Record<string, string>;
    const target = path === "" ? url : `${url}/${path}`;
    const text = body === undefined ? undefined : JSON.stringify(body);
    return exchange({ method, url: target, headers, body: text }, timeoutMs + holdSeconds * 1_000, fetch);
  };
  const named = (method: string, path: string) => `${method} ${url}/${pathOnly(path)}`;
  return {
    url,
    ask,
    async json<T>(method: string, path: string, call: Call = {}): Promise<T> {
      return assertDone(await ask(method, path, call), named(method, path), call.demands) as T;
    },
    async found<T>(method: string, path: string): Promise<T | undefined> {
      const answer = await ask(method, path);
      return answer.status === 404 ? undefined : (assertDone(answer, named(method, path), ["id"]) as T);
    },
    forClient: (id) => controlOf(options, baseUrl, id),
  };
}

/** A query names a receiver, which no message of ours shows. */
function pathOnly(path: string): string {
  return path.replace(/\?.*/, "");
}

/** The parsed answer, if it is one that was asked for. `what` names the call. */
export function assertDone(answer: HttpResponse, what: string, demands: readonly string[] = []): unknown {
  const { status, body } = answer;
  if (status < 200 || status > 299) throw new ControlFailure(`${what} answered ${shown(answer)}`);
  const value = body === "" ? undefined : jsonOf(body);
  if (body !== "" && value === undefined)
    throw new ControlFailure(`${what} answered ${status} with a body that is not JSON`);
  const absent = demands.find((name) => (Object(value)[name] ?? undefined) === undefined);
  if (absent !== undefined) throw new ControlFailure(`${what} answered ${status} without "${absent}"`);
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

/** Only the members that are set. */
export function given(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
