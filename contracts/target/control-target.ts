/** A target that is driven through the control protocol over HTTP (contracts/control.yaml). */
import {
  assertDone,
  type Control,
  ControlFailure,
  type ControlTargetOptions,
  controlOf,
  given,
  jsonOf,
  shown,
} from "./control-client.ts";
import type { Capability, CodeQuery, PolicyValues, ReadCode, Sandbox, Target, TargetAccount } from "./target.ts";

/** How long `messages` may wait for a code. */
const WAIT_SECONDS = 5;
const PROTOCOL = "1";

/**
 * Asks the target for its description. With a control URL or token, throws `ControlFailure` or `TransportFailure` if
 * the target does not speak the protocol. Otherwise such a target has no capabilities.
 */
export async function controlTarget(options: ControlTargetOptions): Promise<Target> {
  const baseUrl = options.baseUrl.replace(/\/+$/, "");
  const control = controlOf(options, baseUrl);
  const described = await describe(control, (options.controlUrl ?? options.controlToken) !== undefined);
  const shared = {
    baseUrl,
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
    ...(described?.dialects === undefined ? {} : { dialects: described.dialects }),
    ...(described?.operations === undefined ? {} : { operations: described.operations }),
    ...(described?.code_semantics === undefined ? {} : { codeSemantics: described.code_semantics }),
  };
  const name = [described?.name, described?.version].filter((word) => word !== undefined).join(" ") || baseUrl;
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
  const { client_id: clientId } = await control.json<{ client_id: string }>("POST", "sandboxes", {
    body: {},
    demands: ["client_id"],
  });
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
  readonly name?: string;
  readonly version?: string;
  readonly dialects?: readonly string[];
  readonly operations?: readonly string[];
  readonly capabilities: readonly Capability[];
  readonly code_semantics?: "unique" | "fixed";
}

async function describe(control: Control, demanded: boolean): Promise<Described | undefined> {
  const { url } = control;
  const response = await control.ask("GET", "");
  const described = Object((response.status === 200 && jsonOf(response.body)) || {}) as Partial<Described>;
  const { protocol, capabilities } = described;
  if (protocol === PROTOCOL && Array.isArray(capabilities)) return described as Described;
  if (typeof protocol === "string" && protocol !== PROTOCOL)
    throw new ControlFailure(
      `${url} speaks version ${protocol} of the control protocol; the suite needs version ${PROTOCOL}`,
    );
  // A target that returns one of the two fields is meant to speak the protocol.
  if (protocol !== undefined || capabilities !== undefined)
    throw new ControlFailure(`${url} must return {"protocol": "${PROTOCOL}", "capabilities": [...]}`);
  if (demanded) throw new ControlFailure(`${url} does not speak the control protocol: it returned ${shown(response)}`);
  return undefined;
}

/** The functions of a target for its declared capabilities. */
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
    createAccount: {
      capability: "accounts",
      run: (seed) => control.json("POST", "accounts", { body: seed, demands: ["id"] }),
    },
    readAccount: { capability: "account-read", run: (id) => control.found<TargetAccount>("GET", account(id)) },
    deleteAccount: { capability: "accounts", run: (id) => control.json("DELETE", account(id)) },
    passwordMatches: {
      capability: "password-check",
      async run(id, password) {
        const call = { body: { password }, demands: ["matches"] };
        return (await control.json<{ matches: boolean }>("POST", `${account(id)}/password-check`, call)).matches;
      },
    },
    issueTokens: {
      capability: "tokens",
      async run(id, { expiresIn }) {
        const call = { body: given({ expires_in: expiresIn }), demands: ["id_token"] };
        const tokens = await control.json<Tokens>("POST", `${account(id)}/tokens`, call);
        return { idToken: tokens.id_token, ...given({ accessToken: tokens.access_token }) };
      },
    },
    captchaToken: {
      capability: "captcha-tokens",
      async run({ sender, expiresIn }) {
        const call = { body: given({ sender, expires_in: expiresIn }), demands: ["captcha_token"] };
        return (await control.json<{ captcha_token: string }>("POST", "captcha-tokens", call)).captcha_token;
      },
    },
    solveCaptcha: {
      capability: "captcha-answer",
      run: (token) => control.json("GET", `captcha/${encodeURIComponent(token)}`, { demands: ["x", "y"] }),
    },
    plantCode: {
      capability: "codes",
      async run({ to, scene, code, expiresIn }) {
        const call = { body: given({ to, scene, code, expires_in: expiresIn }), demands: ["code"] };
        return (await control.json<{ code: string }>("POST", "codes", call)).code;
      },
    },
    readCode: { capability: "messages", run: (options) => newestCode(control, options) },
    advanceClock: {
      capability: "clock",
      run: async (seconds) => void (await control.json("POST", "clock", { body: { advance_seconds: seconds } })),
    },
    failNext: {
      capability: "faults",
      run: ({ operation, check, error }) => orderFault(control, operation, check, error),
    },
    readPolicy: { capability: "policy", run: () => control.json<PolicyValues>("GET", "policy") },
    setPolicy: {
      capability: "policy",
      run: async (patch) => void (await control.json("PATCH", "policy", { body: patch })),
    },
  };
}

interface Tokens {
  readonly id_token: string;
  readonly access_token?: string;
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
  const call = { demands: ["messages"], holdSeconds: wait };
  const { messages } = await control.json<{ messages: readonly Message[] }>("GET", `messages?${query}`, call);
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

/** A target accepts either name: the check, or the error code of the API. */
async function orderFault(control: Control, operation: string, check: string, error: string): Promise<void> {
  const byName = await control.ask("POST", "faults", { body: { operation, check, times: 1 } });
  if (byName.status === 400) await control.json("POST", "faults", { body: { operation, error, times: 1 } });
  else assertDone(byName, `POST ${control.url}/faults`);
}
