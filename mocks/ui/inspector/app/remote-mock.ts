/** The mock whose server serves this page, through the typed client of the package. */
import { type ControlCall, sandbox, sandboxes } from "../../../client/sandbox.ts";
import { type ControlEvent, controlOverHttp } from "../../../client/transport.ts";
import type { components } from "../../../spec/control-types.gen.ts";

export type OpenSandbox = components["schemas"]["Sandboxes"]["sandboxes"][number];

export type RemoteMock = ReturnType<typeof remoteMock>;

export interface Access {
  /** undefined for the server's default sandbox. */
  readonly clientId: string | undefined;
  readonly controlToken: string | undefined;
}

/** `connect` of the client always names a sandbox. This page must be able to name none: then the server takes its default. */
const DEFAULT = "";

export function remoteMock({ clientId, controlToken }: Access) {
  // The page is at /__testkit/, below whatever path a dev server has put before it.
  const { call, events } = controlOverHttp({ url: new URL("..", document.baseURI).href, controlToken });
  const named: ControlCall = (id, ...rest) => call(id === DEFAULT ? undefined : id, ...rest);
  const id = clientId ?? DEFAULT;
  return {
    ...sandbox(named, id),
    sandboxes: sandboxes(named, id),
    /** Also tells which one is the default. */
    openSandboxes: async (): Promise<readonly OpenSandbox[]> => (await named(id, "listSandboxes")).sandboxes,
    events: (signal: AbortSignal): Promise<AsyncGenerator<ControlEvent, void>> => events(clientId, signal),
  };
}
