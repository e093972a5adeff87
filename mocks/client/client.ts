/**
 * `ciam-testkit/client`: the functions of a sandbox for a mock that runs elsewhere. Uses the control protocol and `fetch` only;
 * runs in browsers and in Node.
 */
import { assertControlToken } from "../http/control-token.ts";
import { ControlError, type Problem } from "../http/problem.ts";
import { DEFAULT_CLIENT_ID, type Sandbox, type Sandboxes, sandbox, sandboxes } from "./sandbox.ts";
import { controlOverHttp } from "./transport.ts";

export type { Sandbox, Sandboxes };
export { ControlError, type Problem };

export interface ConnectOptions {
  /** The address of the mock, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  /** The client id of the sandbox; by default the one in the vendor's documentation. */
  readonly clientId?: string;
  /** Required if the server was started with a control token. */
  readonly controlToken?: string;
}

export interface Client extends Sandbox {
  readonly sandboxes: Sandboxes;
  /** The sandbox of this client id. */
  sandbox(clientId: string): Sandbox;
}

/**
 * The mock at this address. Sends no request before the first call. A refused call throws a `ControlError`, as in process. An
 * `Error` means that the address cannot be reached or does not speak the control protocol. Throws for a text that cannot be a token.
 */
export function connect({ url, clientId = DEFAULT_CLIENT_ID, controlToken }: ConnectOptions): Client {
  assertControlToken(controlToken);
  const { call } = controlOverHttp({ url, controlToken });
  return {
    ...sandbox(call, clientId),
    sandboxes: sandboxes(call, clientId),
    sandbox: (other) => sandbox(call, other),
  };
}
