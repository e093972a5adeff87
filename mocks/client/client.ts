/**
 * `ciam-testkit/client`: a mock that runs elsewhere, handled as in process. Knows the control protocol and `fetch`, and nothing of
 * what the mock is made of; runs in browsers and in Node.
 */
import { ControlError, type Problem } from "../http/problem.ts";
import { DEFAULT_CLIENT_ID, type Sandbox, type Sandboxes, sandbox, sandboxes } from "./sandbox.ts";
import { controlOverHttp } from "./transport.ts";

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
  const { call } = controlOverHttp({ url, controlToken });
  return {
    ...sandbox(call, clientId),
    sandboxes: sandboxes(call, clientId),
    sandbox: (other) => sandbox(call, other),
  };
}
