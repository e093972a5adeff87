/** A target that is driven by the control protocol over HTTP (contracts/control.yaml). Knows no operation of the API. */
import type { Capability, CodeQuery, PolicyValues, ReadCode, Sandbox, Target, TargetAccount } from "./target.ts";
import { type Answer, exchange, type Fetch } from "./transport.ts";

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

/** How long `messages` may hold an answer until a code has come. */
const WAIT_SECONDS = 5;
const TIMEOUT_MS = 10_000;
const PROTOCOL = "1";

/**
 * Asks the target what it is and can do. Where a control URL was given, throws `ControlFailure` or `TransportFailure` when it
 * does not speak the protocol; otherwise such a target has no capabilities.
 */
export async function controlTarget(options: ControlTargetOptions): Promise<Target> {
  const baseUrl = options.baseUrl.replace(/\/+$/, "");
  const control = controlOf(options, baseUrl);
  const described = await describe(control, options.controlUrl !== undefined);
  const shared = {
    baseUrl,
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
    ...(described?.dialects === undefined ? {} : { dialects: described.dialects }),
    ...(described?.operations === undefined ? {} : { operations: described.operations }),
    ...(described?.code_semantics === undefined ? {} : { codeSemantics: described.code_semantics }),
  };
  const name = described === undefined ? baseUrl : `${described.name} ${described.version}`;
  if (described === undefined) return { name, ...shared, ...clientIdOf(options) };
  const offered = new Set<string>(described.capabilities);
  const bound: Target = { name, ...shared, ...clientIdOf(options), ...driver(control, offered) };
  if (!offered.has("sandboxes")) return bound;
  return { ...bound, openSandbox: () => openSandbox(control, offered, { name, ...shared }) };
}

function clientIdOf({ clientId }: ControlTargetOptions) {
  return clientId === undefined ? {} : { clientId };
}

async function openSandbox(control: Control, offered: ReadonlySet<string>, shared: Target): Promise<Sandbox> {
  const { client_id: clientId } = await control.json<{ client_id: string }>("POST", "sandboxes", {});
  return {
    ...shared,
    clientId,
    ...driver(control.forClient(clientId), offered),
    close: async () => {
      await control.json("DELETE", `sandboxes/${encodeURIComponent(clientId)}`);
    },
  };
}

interface Described {
  readonly protocol: string;
  readonly name: string;
  readonly version: string;
  readonly dialects?: readonly string[];
  readonly operations?: readonly string[];
  readonly capabilities: readonly Capability[];
  readonly code_semantics?: "unique" | "fixed";
}

async function describe(control: Control, demanded: boolean): Promise<Described | undefined> {
  const answer = await control.ask("GET", "");
  const described = answer.status === 200 ? (jsonOf(answer.body) as Described | undefined) : undefined;
  const speaks = typeof described?.protocol === "string" && Array.isArray(described.capabilities);
  if (speaks && described.protocol === PROTOCOL) return described;
  if (speaks)
    throw new ControlFailure(
      `${control.url} speaks version ${described.protocol} of the control protocol, not ${PROTOCOL}`,
    );
  if (demanded) throw new ControlFailure(`${control.url} does not speak the control protocol: ${shown(answer)}`);
  return undefined;
}

/** The functions of a target for what it offers. */
function driver(control: Control, offered: ReadonlySet<string>): Partial<Target> {
  return Object.fromEntries(
    Object.entries(functions(control))
      .filter(([, { capability }]) => offered.has(capability))
      .map(([name, { run }]) => [name, run]),
  );
}

function functions(control: Control): { readonly [Name in keyof Target]?: { capability: string; run: Target[Name] } } {
  const account = (id: string) => `accounts/${encodeURIComponent(id)}`;
  return {
    createAccount: { capability: "accounts", run: (seed) => control.json("POST", "accounts", seed) },
    readAccount: { capability: "account-read", run: (id) => control.found<TargetAccount>("GET", account(id)) },
    deleteAccount: { capability: "accounts", run: async (id) => void (await control.json("DELETE", account(id))) },
    passwordMatches: {
      capability: "password-check",
      run: async (id, password) =>
        (await control.json<{ matches: boolean }>("POST", `${account(id)}/password-check`, { password })).matches,
    },
    issueTokens: {
      capability: "tokens",
      async run(id, { expiresIn }) {
        const order = given({ expires_in: expiresIn });
        const tokens = await control.json<{ id_token: string; access_token: string }>(
          "POST",
          `${account(id)}/tokens`,
          order,
        );
        return { idToken: tokens.id_token, accessToken: tokens.access_token };
      },
    },
    captchaToken: {
      capability: "captcha-tokens",
      run: async ({ sender, expiresIn }) =>
        (
          await control.json<{ captcha_token: string }>(
            "POST",
            "captcha-tokens",
            given({ sender, expires_in: expiresIn }),
          )
        ).captcha_token,
    },
    solveCaptcha: {
      capability: "captcha-answer",
      run: (token) => control.json("GET", `captcha/${encodeURIComponent(token)}`),
    },
    plantCode: {
      capability: "codes",
      run: async ({ to, scene, code, expiresIn }) =>
        (await control.json<{ code: string }>("POST", "codes", given({ to, scene, code, expires_in: expiresIn }))).code,
    },
    readCode: { capability: "messages", run: (order) => newestCode(control, order) },
    advanceClock: {
      capability: "clock",
      run: async (seconds) => void (await control.json("POST", "clock", { advance_seconds: seconds })),
    },
    failNext: {
      capability: "faults",
      run: ({ operation, check, error }) => orderFault(control, operation, check, error),
    },
    readPolicy: { capability: "policy", run: () => control.json<PolicyValues>("GET", "policy") },
    setPolicy: { capability: "policy", run: async (patch) => void (await control.json("PATCH", "policy", patch)) },
  };
}

interface Message {
  readonly id: string;
  readonly code: string;
  readonly sent_at?: string;
  readonly expires_at?: string;
}

async function newestCode(
  control: Control,
  { to, scene, after, wait = WAIT_SECONDS }: CodeQuery,
): Promise<ReadCode | undefined> {
  const query = new URLSearchParams({ to, scene, ...(after === undefined ? {} : { after }), wait: String(wait) });
  const { messages } = await control.json<{ messages: readonly Message[] }>("GET", `messages?${query}`);
  const newest = messages.at(-1);
  if (newest === undefined) return undefined;
  const { id, code, sent_at, expires_at } = newest;
  const seconds = secondsBetween(sent_at, expires_at);
  return { id, code, count: messages.length, ...(seconds > 0 ? { expiresIn: seconds } : {}) };
}

function secondsBetween(start = "", end = ""): number {
  // biome-ignore lint/style/noRestrictedGlobals: reads two given times, and does not ask what time it is
  return (Date.parse(end) - Date.parse(start)) / 1_000;
}

/** A target takes the name that it knows: ours, or the API's. */
async function orderFault(control: Control, operation: string, check: string, error: string): Promise<void> {
  const byName = await control.ask("POST", "faults", { operation, check, times: 1 });
  if (byName.status === 400) await control.json("POST", "faults", { operation, error, times: 1 });
  else assertDone(byName, `POST ${control.url}/faults`);
}

interface Control {
  readonly url: string;
  ask(method: string, path: string, body?: unknown): Promise<Answer>;
  /** The parsed answer; throws `ControlFailure` for a refusal. */
  json<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** The same; undefined for what is not there. */
  found<T>(method: string, path: string): Promise<T | undefined>;
  forClient(clientId: string): Control;
}

function controlOf(options: ControlTargetOptions, baseUrl: string, clientId = options.clientId): Control {
  const { controlUrl, controlToken, timeoutMs = TIMEOUT_MS, fetch } = options;
  const url = (controlUrl ?? `${baseUrl}/__testkit`).replace(/\/+$/, "");
  const headers = given({
    "content-type": "application/json",
    "x-client-id": clientId,
    authorization: controlToken === undefined ? undefined : `Bearer ${controlToken}`,
  }) as Record<string, string>;
  const ask: Control["ask"] = (method, path, body) => {
    const target = path === "" ? url : `${url}/${path}`;
    return exchange(
      { method, url: target, headers, body: body === undefined ? undefined : JSON.stringify(body) },
      timeoutMs,
      fetch,
    );
  };
  return {
    url,
    ask,
    async json<T>(method: string, path: string, body?: unknown): Promise<T> {
      return assertDone(await ask(method, path, body), `${method} ${url}/${pathOnly(path)}`) as T;
    },
    async found<T>(method: string, path: string): Promise<T | undefined> {
      const answer = await ask(method, path);
      return answer.status === 404 ? undefined : (assertDone(answer, `${method} ${url}/${pathOnly(path)}`) as T);
    },
    forClient: (id) => controlOf(options, baseUrl, id),
  };
}

/** A query names a receiver, which no message of ours shows. */
function pathOnly(path: string): string {
  return path.replace(/\?.*/, "");
}

function assertDone(answer: Answer, what: string): unknown {
  if (answer.status < 200 || answer.status > 299) throw new ControlFailure(`${what} answered ${shown(answer)}`);
  if (answer.body === "") return undefined;
  const value = jsonOf(answer.body);
  if (value === undefined) throw new ControlFailure(`${what} answered ${answer.status} with a body that is not JSON`);
  return value;
}

function shown({ status, body }: Answer): string {
  const problem = jsonOf(body) as { readonly title?: unknown; readonly detail?: unknown } | undefined;
  const words = problem?.detail ?? problem?.title;
  return typeof words === "string" ? `${status}: ${words}` : `${status}`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Only the members that are set. */
function given(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
