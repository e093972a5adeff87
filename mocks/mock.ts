/** Puts the mock together: core, dialects, store and what they need from outside. Runs wherever there is `fetch`. */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import {
  type ControlCall,
  DEFAULT_CLIENT_ID,
  type Sandbox,
  type Sandboxes,
  sandbox,
  sandboxes,
} from "./client/sandbox.ts";
import type { ControlInput } from "./control/calls.ts";
import type { AccountSeed } from "./core/accounts.ts";
import { type Clock, systemClock } from "./core/clock.ts";
import { Events, type Listener, type MessageEvent } from "./core/events.ts";
import { assertKnownKeys, type Policy } from "./core/policy.ts";
import { type Hmac, seededRandomness } from "./core/randomness.ts";
import type { Store } from "./core/store.ts";
import { bamboocloud } from "./dialects/bamboocloud/index.ts";
import { genauth } from "./dialects/genauth/index.ts";
import { handle } from "./engine/handle.ts";
import { KeyedMutex } from "./engine/keyed-mutex.ts";
import { type MockContext, openSandbox } from "./engine/transact.ts";
import { toPlain, toResponse } from "./http/fetch.ts";
import { CONTROL_BASE_PATH, isControlPath, type PlainRequest, type PlainResponse } from "./http/message.ts";
import { romanize } from "./lib/romanize.ts";
import { signWithTestKey, testKeys } from "./lib/signing.ts";
import { memoryStore } from "./stores/memory.ts";

export { type AccountSeed, DEFAULT_CLIENT_ID, type MessageEvent };

export interface MockOptions {
  /** Client id of the default sandbox; by default the one that the documents show. */
  readonly clientId?: string;
  /** The same seed gives the same codes, tokens and ids. */
  readonly seed?: string;
  /** Accounts of the default sandbox, at the start and after each reset. */
  readonly accounts?: readonly AccountSeed[];
  /** What differs from the default policy in the default sandbox, at the start and after each reset. */
  readonly policy?: Partial<Policy>;
  readonly clock?: Clock;
  readonly store?: Store;
  /** How latency is waited for; by default with a timer. */
  readonly sleep?: MockContext["sleep"];
}

export interface Mock extends Sandbox {
  /** Answers a request to the API or to the control protocol; the host name does not matter. */
  fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response>;
  /** The same with plain values, for doors that have no `Request`. */
  answer(request: PlainRequest): Promise<PlainResponse>;
  readonly sandboxes: Sandboxes;
  /** What the paths of the API and of the control protocol begin with. */
  readonly basePaths: readonly string[];
  /** The sandbox of this client id. */
  sandbox(clientId: string): Sandbox;
  /** Tells of what happens in any sandbox, such as a message that goes out; answers a function that ends it. */
  subscribe(listener: Listener): () => void;
}

const dialects = [bamboocloud, genauth];

/** What the paths of the API begin with. */
export const API_BASE_PATHS: readonly string[] = dialects.map(({ basePath }) => basePath);

/** A mock with a state of its own. Nothing runs and nothing is loaded before the first request. */
export function createMock(options: MockOptions = {}): Mock {
  const wiring = createContext(options);
  let opened: Promise<unknown> | undefined;
  const ready = () => {
    opened ??= openSandbox(wiring, wiring.defaultClientId);
    return opened;
  };

  let loaded: Promise<typeof import("./control/dispatch.ts")> | undefined;
  const call: ControlCall = async (clientId, id, input) => {
    // Loaded with the first call, so that a page that only fetches does not carry it.
    loaded ??= import("./control/dispatch.ts");
    const [{ control }] = await Promise.all([loaded, ready()]);
    const { params = {}, query = {}, body } = input ?? {};
    const given = { params, query: withoutUndefined(query), body: withoutUndefined(body) };
    // The functions of sandbox.ts are typed by the call; from here on it is whichever, and control.yaml checks it.
    return control(id, given as unknown as ControlInput<typeof id>, { wiring, clientId });
  };

  async function answer(request: PlainRequest): Promise<PlainResponse> {
    await ready();
    if (!isControlPath(request.path)) return handle(request, wiring);
    const { controlOverHttp } = await import("./control/router.ts");
    return controlOverHttp(request, wiring);
  }

  const { defaultClientId } = wiring;
  return {
    ...sandbox(call, defaultClientId),
    answer,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const response = toResponse(await answer(await toPlain(request)));
      request.signal.throwIfAborted();
      if (response.type === "error") throw new TypeError("Failed to fetch: the connection failed, as a fault ordered");
      return response;
    },
    sandboxes: sandboxes(call, defaultClientId),
    basePaths: [...API_BASE_PATHS, CONTROL_BASE_PATH],
    sandbox: (clientId) => sandbox(call, clientId),
    subscribe: (listener) => wiring.events.subscribe(listener),
  };
}

function createContext(options: MockOptions): MockContext {
  assertKnownKeys(options.policy ?? {});
  const hmacSha256: Hmac = (key, message) => hmac(sha256, utf8ToBytes(key), utf8ToBytes(message));
  const randomness = seededRandomness(options.seed ?? "ciam-testkit", hmacSha256);
  let answers = 0;
  const store = options.store ?? memoryStore();
  return {
    store,
    clock: options.clock ?? systemClock(),
    services: {
      randomness,
      requestId: () => randomness.uuid("request", answers++),
      sign: signWithTestKey,
      romanize,
    },
    dialects,
    defaultClientId: options.clientId ?? DEFAULT_CLIENT_ID,
    accounts: options.accounts ?? [],
    policy: options.policy ?? {},
    events: new Events(store.peers),
    mutex: new KeyedMutex(),
    sleep: options.sleep ?? timer,
    publicKeys: testKeys,
  };
}

/** A member that is undefined is none, as in JSON. */
function withoutUndefined<T>(value: T): T {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}

function timer(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(running);
      resolve();
    };
    const running = setTimeout(end, ms);
    if (signal?.aborted) end();
    signal?.addEventListener("abort", end, { once: true });
  });
}
