/** The control protocol: every call that this backend can offer, and the description that says which it does offer. */
import { type Call, filledHeader, type HttpResponse, problem } from "../http-values.ts";
import { type Sandboxes, worldFor } from "../sandboxes.ts";
import { accountCalls } from "./accounts.ts";
import { captchaCalls } from "./captchas.ts";
import { clockCalls } from "./clock.ts";
import { codeCalls } from "./codes.ts";
import { faultCalls } from "./faults.ts";
import { type Asked, type ControlCall, ok } from "./handler.ts";
import { policyCalls } from "./policy.ts";
import { sandboxCalls } from "./sandboxes.ts";

const calls: readonly ControlCall[] = [
  { route: /^GET $/, capability: null, respond: describeTarget },
  ...accountCalls,
  ...captchaCalls,
  ...codeCalls,
  ...clockCalls,
  ...faultCalls,
  ...policyCalls,
  ...sandboxCalls,
];

export function respondToControl(call: Call, sandboxes: Sandboxes): HttpResponse | Promise<HttpResponse> {
  const world = worldFor(sandboxes, filledHeader(call, "x-client-id") ?? sandboxes.clientId);
  if (world === undefined) return problem(404, "Unknown client id");
  const wanted = `${call.method} ${call.path.slice("/__testkit".length)}`;
  for (const { route, capability, respond } of calls) {
    const found = route.exec(wanted);
    const isOffered = capability === null || sandboxes.choices.capabilities.includes(capability);
    if (found !== null && isOffered) return respond({ call, world, sandboxes, id: decoded(found[1] ?? "") });
  }
  return problem(sandboxes.choices.notOffered, "Not offered", "GET /__testkit lists what is.");
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

function describeTarget({ sandboxes }: Asked): HttpResponse {
  const { capabilities, dialects, operations, saidCodes } = sandboxes.choices;
  return ok({
    name: "foreign-idaas",
    version: "0.3.1",
    protocol: "1",
    capabilities,
    dialects,
    ...(operations === null ? {} : { operations }),
    ...(saidCodes === null ? {} : { code_semantics: saidCodes }),
  });
}
