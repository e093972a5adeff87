/** Assembles the mock: core, dialects, store, clock and services. Runs wherever `fetch` exists. */
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
import type { Awaitable, Store } from "./core/store.ts";
import { bamboocloud } from "./dialects/bamboocloud/index.ts";
import { genauth } from "./dialects/genauth/index.ts";
import { handle } from "./engine/handle.ts";
import { IdleSandboxes } from "./engine/idle-sandboxes.ts";
import { KeyedMutex } from "./engine/keyed-mutex.ts";
import { openCalls } from "./engine/open-calls.ts";
import { type MockContext, openSandbox } from "./engine/transact.ts";
import { toPlain, toResponse } from "./http/fetch.ts";
import { CONTROL_BASE_PATH, isControlPath, type PlainRequest, type PlainResponse } from "./http/message.ts";
import { storeIsAway } from "./http/store-away.ts";
import { romanize } from "./lib/romanize.ts";
import { memoryStore } from "./stores/memory.ts";

export { type AccountSeed, DEFAULT_CLIENT_ID, type MessageEvent };

export interface MockOptions {
  /** Client id of the default sandbox; by default the one in the vendor's documentation. */
  readonly clientId?: string;
  /** The same seed generates the same codes, tokens and ids. */
  readonly seed?: string;
  /** The accounts of the default sandbox, at the start and after each reset. */
  readonly accounts?: readonly AccountSeed[];
  /** The policy keys of the default sandbox that differ from the defaults, at the start and after each reset. */
  readonly policy?: Partial<Policy>;
  readonly clock?: Clock;
  readonly store?: Store;
  /** Waits for the latency of a fault; by default with a timer. */
  readonly sleep?: MockContext["sleep"];
}

export interface Mock extends Sandbox {
  /** Sends a request to the API or to the control protocol. Any host name works. */
  fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response>;
  /** The same with plain values, for adapters that have no `Request`. Returns a promise only if something has to wait. */
  answer(request: PlainRequest): Awaitable<PlainResponse>;
  readonly sandboxes: Sandboxes;
  /** The base paths of the API and of the control protocol. */
  readonly basePaths: readonly string[];
  /** The sandbox of this client id. */
  sandbox(clientId: string): Sandbox;
  /** Calls the listener for each event in any sandbox, such as a sent message. Returns a function that ends this. */
  subscribe(listener: Listener): () => void;
}

const dialects = [bamboocloud, genauth];

/** The base paths of the API. */
export const API_BASE_PATHS: readonly string[] = dialects.map(({ basePath }) => basePath);

/** A mock with its own state. It opens its default sandbox with the first request. Throws for an unknown policy key. */
export function createMock(options: MockOptions = {}): Mock {
  const context = createContext(options);
  let isOpen = false;
  let opening: Promise<void> | undefined;
  const open = () => {
    opening ??= openSandbox(context, context.defaultClientId).then(
      () => {
        isOpen = true;
      },
      (error) => {
        // The next request tries again.
        opening = undefined;
        throw error;
      },
    );
    return opening;
  };

  let loaded: Promise<typeof import("./control/dispatch.ts")> | undefined;
  const call: ControlCall = async (clientId, id, input) => {
    // Load the control protocol on the first call: a page that only uses the API does not need it.
    loaded ??= import("./control/dispatch.ts");
    const [{ control }] = await Promise.all([loaded, open()]);
    const { params = {}, query = {}, body } = input ?? {};
    const cleaned = { params, query: withoutUndefined(query), body: withoutUndefined(body) };
    // sandbox.ts types the input by the id. That type is lost here; control() validates the input against control.yaml.
    return control(id, cleaned as unknown as ControlInput<typeof id>, { mock: context, clientId });
  };

  function answer(request: PlainRequest): Awaitable<PlainResponse> {
    const response = respond(request);
    return response instanceof Promise ? response.catch(storeIsAway) : response;
  }

  function respond(request: PlainRequest): Awaitable<PlainResponse> {
    if (isControlPath(request.path)) return answerControl(request);
    return isOpen ? handle(request, context) : open().then(() => handle(request, context));
  }

  let router: Promise<typeof import("./control/router.ts")> | undefined;
  async function answerControl(request: PlainRequest): Promise<PlainResponse> {
    await open();
    // Each import() of a loaded module costs as much as a control call.
    router ??= import("./control/router.ts");
    const { controlOverHttp } = await router;
    return controlOverHttp(request, context);
  }

  const { defaultClientId } = context;
  return {
    ...sandbox(call, defaultClientId),
    answer,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const response = toResponse(await answer(await toPlain(request)));
      request.signal.throwIfAborted();
      if (response.type === "error") throw new TypeError("Failed to fetch: a fault made the connection fail");
      return response;
    },
    sandboxes: sandboxes(call, defaultClientId),
    basePaths: [...API_BASE_PATHS, CONTROL_BASE_PATH],
    sandbox: (clientId) => sandbox(call, clientId),
    subscribe: (listener) => context.events.subscribe(listener),
  };
}

/** Loaded with the first token. */
const signing = () => import("./lib/signing.ts");

function createContext(options: MockOptions): MockContext {
  assertKnownKeys(options.policy ?? {});
  const hmacSha256: Hmac = (key, message) => hmac(sha256, utf8ToBytes(key), utf8ToBytes(message));
  const randomness = seededRandomness(options.seed ?? "ciam-testkit", hmacSha256);
  let requests = 0;
  const store = options.store ?? memoryStore();
  const clock = options.clock ?? systemClock();
  return {
    store,
    clock,
    services: {
      randomness,
      sign: async (claims) => (await signing()).signWithTestKey(claims),
      romanize,
    },
    nextRequestId: () => randomness.uuid("request", requests++),
    dialects,
    defaultClientId: options.clientId ?? DEFAULT_CLIENT_ID,
    accounts: options.accounts ?? [],
    policy: options.policy ?? {},
    events: new Events(store.peers),
    mutex: new KeyedMutex(),
    openCalls: openCalls(),
    idleSandboxes: new IdleSandboxes(clock),
    sleep: options.sleep ?? timer,
    publicKeys: async () => (await signing()).testKeys(),
  };
}

/** Removes fields with the value undefined, as JSON does. */
function withoutUndefined<T>(value: T): T {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
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
