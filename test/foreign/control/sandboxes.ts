/** Sandboxes: a separate state for each client id. */
import { type HttpResponse, problem } from "../http-values.ts";
import { openSandbox } from "../sandboxes.ts";
import { type Asked, type ControlCall, created, fieldsIn } from "./handler.ts";

export const sandboxCalls: readonly ControlCall[] = [
  { route: /^POST \/sandboxes$/, capability: "sandboxes", respond: open },
  { route: /^DELETE \/sandboxes\/([^/]+)$/, capability: "sandboxes", respond: close },
];

function open({ call, sandboxes }: Asked): HttpResponse {
  const isId = (value: unknown) => typeof value === "string" && /^(?!\.{1,2}$)[\w.-]{1,64}$/.test(value);
  const input = fieldsIn(call, { client_id: isId });
  if (typeof input === "string") return problem(400, "Malformed sandbox", input);
  const client_id = openSandbox(sandboxes, (input as { readonly client_id?: string }).client_id);
  return client_id === undefined ? problem(409, "The client id is in use") : created({ client_id });
}

function close({ sandboxes, id }: Asked): HttpResponse {
  if (id === sandboxes.clientId) return problem(400, "The default sandbox cannot be closed");
  return sandboxes.worlds.delete(id) ? { status: 204 } : problem(404, "No such sandbox");
}
