/** A target that is driven through the control protocol over HTTP (contracts/control.yaml). */
import { Busy, isBusy } from "./busy.ts";
import { type Control, ControlFailure, type ControlTargetOptions, controlOf, jsonOf, shown } from "./control-client.ts";
import { driver } from "./control-functions.ts";
import { assertKnownNames, assertKnownValue, assertNoMisspelling } from "./known-names.ts";
import { type Capability, DECLARABLE, type Sandbox, type Target } from "./target.ts";

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
  // Some gateways answer 503 for a path that is not there.
  if (response.status === 429 || (demanded && isBusy(response))) throw new Busy(`GET ${url}`, response);
  const described = Object((response.status === 200 && jsonOf(response.body)) || {}) as Partial<Described>;
  const { protocol, capabilities } = described;
  if (protocol === PROTOCOL && Array.isArray(capabilities)) return known(described, url);
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

const FIELDS = ["name", "version", "dialects", "operations", "capabilities", "code_semantics"];

/** The description. A misspelt name would silently leave cases out. */
function known(described: Partial<Described>, url: string): Described {
  const owner = `the description at ${url}`;
  assertNoMisspelling(Object.keys(described), { owner, known: FIELDS });
  const names = { owner, field: "capabilities", kind: "capability", known: DECLARABLE };
  assertKnownNames(described.capabilities, names);
  assertKnownValue(described.code_semantics, { owner, field: "code_semantics", known: ["unique", "fixed"] });
  return described as Described;
}
