/** The control protocol over `fetch`: its calls, and its stream of events. Knows nothing of what the mock is made of. */
import type { ControlId, ControlInput, ControlOutput, Schemas } from "../control/calls.ts";
import { camelKeys } from "../control/case-conversion.ts";
import { ControlError, type Problem } from "../http/problem.ts";
import { controlCalls } from "../spec/control.gen.ts";
import type { ClockReading, Exchange, Message } from "./sandbox.ts";

export interface Server {
  /** Where the mock is, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  readonly controlToken?: string | undefined;
}

export { ControlError };

/** What happened in a sandbox. */
export type ControlEvent =
  | { readonly type: "message"; readonly message: Message }
  | { readonly type: "request"; readonly exchange: Exchange }
  | { readonly type: "clock"; readonly clock: ClockReading }
  | { readonly type: "reset" | "change" };

export interface Transport {
  /** Without a client id the server takes its default sandbox. */
  call<Id extends ControlId>(
    clientId: string | undefined,
    id: Id,
    input?: Partial<ControlInput<Id>>,
  ): Promise<ControlOutput<Id>>;
  /** The events after this call. Resolves when the server listens; the events end when the connection ends. */
  events(clientId: string | undefined, signal: AbortSignal): Promise<AsyncGenerator<ControlEvent, void>>;
}

/** The server did not respond. */
export class ServerUnreachable extends Error {}

/** Something responded, but not with the control protocol: a gateway, or a dev server that is starting. */
export class ForeignResponse extends Error {}

/** Throws a `ControlError` for a refusal, else `ServerUnreachable` or `ForeignResponse`. */
export function controlOverHttp({ url, controlToken }: Server): Transport {
  const base = url.replace(/\/+$/, "");
  const authorization: Record<string, string> =
    controlToken === undefined ? {} : { authorization: `Bearer ${controlToken}` };

  async function send(clientId: string | undefined, address: string, init: RequestInit): Promise<Response> {
    const sandbox: Record<string, string> = clientId === undefined ? {} : { "x-client-id": clientId };
    const headers = { ...authorization, ...sandbox, "content-type": "application/json" };
    return fetch(address, { ...init, headers }).catch((cause) => {
      throw new ServerUnreachable(`${base} cannot be reached`, { cause });
    });
  }

  return {
    call: async <Id extends ControlId>(clientId: string | undefined, id: Id, input: Input = {}) => {
      const { method, path } = controlCalls[id];
      const address = base + filled(path, input.params) + search(input.query);
      const body = input.body === undefined ? {} : { body: JSON.stringify(input.body) };
      const response = await send(clientId, address, { method, ...body });
      // control.yaml names the type. Only the kind of the response is checked.
      return (await outputOf(response, `${method} ${address}`)) as ControlOutput<Id>;
    },

    async events(clientId, signal) {
      const { method, path } = controlCalls.listenToEvents;
      const response = await send(clientId, base + path, { method, signal });
      const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
      if (!response.ok || !isStream || response.body === null)
        throw await errorOf(response, `${method} ${base + path}`);
      return eventsIn(response.body);
    },
  };
}

/** The input of any call. The types in sandbox.ts are exact. */
interface Input {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
}

function filled(path: string, params: Input["params"] = {}): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name] ?? "";
    if (!/^\.{0,2}$/.test(value)) return encodeURIComponent(value);
    // These have no encoding in an address: it would become the address of something else.
    throw new ControlError({ title: "Bad request", status: 400, detail: `"${value}" cannot be a ${name}` });
  });
}

function search(query: Input["query"] = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return given.length === 0 ? "" : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

async function outputOf(response: Response, asked: string): Promise<unknown> {
  if (!response.ok) throw await errorOf(response, asked);
  const text = await response.text();
  if (text === "") return undefined;
  if (typeOf(response).startsWith("application/json")) return JSON.parse(text);
  throw foreign(response, asked);
}

async function errorOf(response: Response, asked: string): Promise<Error> {
  const isProblem = typeOf(response).startsWith("application/problem+json");
  return isProblem ? new ControlError(JSON.parse(await response.text()) as Problem) : foreign(response, asked);
}

function foreign(response: Response, asked: string): ForeignResponse {
  return new ForeignResponse(
    `${asked} returned ${response.status} ${typeOf(response)}, which is not the control protocol of ciam-testkit`,
  );
}

function typeOf(response: Response): string {
  return response.headers.get("content-type") ?? "";
}

async function* eventsIn(stream: ReadableStream<BufferSource>): AsyncGenerator<ControlEvent, void> {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value = "" } = await reader.read();
    if (done) return;
    const paragraphs = (text + value).split("\n\n");
    text = paragraphs.pop() ?? "";
    for (const paragraph of paragraphs) {
      const event = eventIn(paragraph);
      if (event !== undefined) yield event;
    }
  }
}

/** undefined for a comment, and for an event of a later version. */
function eventIn(paragraph: string): ControlEvent | undefined {
  const type = /^event: (.*)$/m.exec(paragraph)?.[1];
  const data: unknown = JSON.parse(/^data: (.*)$/m.exec(paragraph)?.[1] ?? "{}");
  // control.yaml names the types, and the tests of the server hold it to them.
  if (type === "message") return { type, message: camelKeys(data as Schemas["Message"]) };
  if (type === "request") return { type, exchange: camelKeys(data as Schemas["Exchange"]) };
  if (type === "clock") return { type, clock: camelKeys(data as Schemas["Clock"]) };
  return type === "reset" || type === "change" ? { type } : undefined;
}
