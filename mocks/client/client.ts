/**
 * `ciam-testkit/client`: a mock that runs elsewhere, handled as in process. Knows the control protocol and `fetch`, and nothing of
 * what the mock is made of; runs in browsers and in Node.
 */
import type { ControlId, ControlOutput } from "../control/calls.ts";
import { ControlError, type Problem } from "../http/problem.ts";
import { controlCalls } from "../spec/control.gen.ts";
import { type ControlCall, DEFAULT_CLIENT_ID, type Sandbox, type Sandboxes, sandbox, sandboxes } from "./sandbox.ts";

export type { Sandbox, Sandboxes };
export { ControlError, type Problem };

export interface ConnectOptions {
  /** Where the mock is, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  /** The sandbox that is meant; by default the one of the client id that the documents show. */
  readonly clientId?: string;
  /** Needed where the server was started with one. */
  readonly controlToken?: string;
}

export interface Client extends Sandbox {
  readonly sandboxes: Sandboxes;
  /** The sandbox of this client id. */
  sandbox(clientId: string): Sandbox;
}

/**
 * The mock at this address. Nothing is asked before a call. What is refused is thrown as a `ControlError`, as in process; an
 * `Error` says that nothing is there, or something else than a mock.
 */
export function connect({ url, clientId = DEFAULT_CLIENT_ID, controlToken }: ConnectOptions): Client {
  const base = url.replace(/\/+$/, "");
  const authorization: Record<string, string> =
    controlToken === undefined ? {} : { authorization: `Bearer ${controlToken}` };

  const call: ControlCall = async <Id extends ControlId>(sandboxId: string, id: Id, input: Input = {}) => {
    const { method, path } = controlCalls[id];
    const address = base + filled(path, input.params) + search(input.query);
    const response = await fetch(address, {
      method,
      headers: { ...authorization, "x-client-id": sandboxId, "content-type": "application/json" },
      ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
    }).catch((cause) => {
      throw new Error(`${base} cannot be reached`, { cause });
    });
    // What the protocol says of the call's answer; that it is one of this protocol is looked at.
    return (await answerOf(response, `${method} ${address}`)) as ControlOutput<Id>;
  };

  return {
    ...sandbox(call, clientId),
    sandboxes: sandboxes(call, clientId),
    sandbox: (other) => sandbox(call, other),
  };
}

/** Typed by the call in sandbox.ts; here it is whichever. */
interface Input {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
}

function filled(path: string, params: Input["params"] = {}): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name] ?? "";
    if (!/^\.{0,2}$/.test(value)) return encodeURIComponent(value);
    // An address has no way to write these: it would be the address of something else.
    throw new ControlError({ title: "Bad request", status: 400, detail: `"${value}" cannot be a ${name}` });
  });
}

function search(query: Input["query"] = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return given.length === 0 ? "" : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

async function answerOf(response: Response, asked: string): Promise<unknown> {
  const text = await response.text();
  if (response.ok && text === "") return undefined;
  const type = response.headers.get("content-type") ?? "";
  if (response.ok && type.startsWith("application/json")) return JSON.parse(text);
  if (type.startsWith("application/problem+json")) throw new ControlError(JSON.parse(text) as Problem);
  throw new Error(`${asked} is answered with ${response.status} ${type}: that is no control protocol of ciam-testkit`);
}
