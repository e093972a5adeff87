/** The policy of a sandbox: read whole or in part, and changed key by key. */
import { fieldsOf, type HttpResponse, problem } from "../http-values.ts";
import { isRecord } from "../options.ts";
import { type Asked, type ControlCall, notOffered, ok } from "./handler.ts";

export const policyCalls: readonly ControlCall[] = [
  { route: /^GET \/policy$/, capability: "policy", respond: (asked) => ok(stated(asked)) },
  { route: /^PATCH \/policy$/, capability: "policy", respond: changePolicy },
];

function stated({ world, sandboxes }: Asked): object {
  return world.policy.stated(sandboxes.choices.stated, sandboxes.choices.unstated);
}

function changePolicy(asked: Asked): HttpResponse {
  const { world, sandboxes, call } = asked;
  if (!sandboxes.choices.policyCanChange)
    return problem(sandboxes.choices.notOffered, "Not offered", "The policy is fixed.");
  const patch = fieldsOf(call.body ?? "too long");
  if (patch === undefined) return problem(400, "Malformed policy", "the body is not a JSON object");
  const missing = subjectsOf(patch)
    .map((subject) => notOffered(asked, subject))
    .find((found) => found !== undefined);
  if (missing !== undefined) return missing;
  const wrong = world.policy.change(patch);
  return wrong === undefined ? ok(stated(asked)) : problem(400, "Malformed policy", wrong);
}

/** Each key, and each key with its value. */
function subjectsOf(patch: Readonly<Record<string, unknown>>): readonly string[] {
  const parts = Object.entries(patch).flatMap(([key, value]) =>
    isRecord(value) ? Object.entries(value) : [[key, value] as const],
  );
  return parts.flatMap(([key, value]) => [`policy ${key}`, `policy ${key}=${value}`]);
}
