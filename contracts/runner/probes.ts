/**
 * One request to each claimed operation before the plan. It finds what would fail every case in the same way: a wrong
 * base URL, an operation that is not there, an unknown client id.
 */

import { codecOf } from "../spec/dialects/index.ts";
import type { Operation } from "../spec/types.ts";
import { TransportFailure } from "../target/transport.ts";
import type { Reply, World } from "../world/world.ts";

/** The response of an operation; `failure` says why there is none. */
export interface Probe {
  readonly operation: Operation;
  readonly reply: Reply | undefined;
  readonly failure: string | undefined;
}

/** The probes are sent side by side, so that a target that hangs costs one time limit. */
export async function probed(world: World, operations: readonly Operation[]): Promise<readonly Probe[]> {
  return Promise.all(operations.map((operation) => probe(world, operation)));
}

async function probe(world: World, operation: Operation): Promise<Probe> {
  try {
    const first = await world.send(draftOfProbe(world, operation));
    if (!isAbsent(operation, first)) return { operation, reply: first, failure: undefined };
    // A second request in another form: only an operation that is not there answers both alike.
    const { headers, ...bare } = draftOfProbe(world, operation);
    const second = await world.send({ ...bare, headers: typed(headers), body: bare.body && {} });
    return { operation, reply: isAbsent(operation, second) ? first : second, failure: undefined };
  } catch (error) {
    if (error instanceof TransportFailure) return { operation, reply: undefined, failure: error.message };
    throw error;
  }
}

/** A request that no operation can carry out: its token and its code are made up. */
export function draftOfProbe(world: World, operation: Operation) {
  const { id, dialect, requiredFields, signedIn } = operation;
  const body = requiredFields.length === 0 ? undefined : bodyOf(world, operation);
  const draft = world.draft(id, body === undefined ? {} : { body });
  const token = codecOf(dialect).authorization(world.random.letters(40));
  if (signedIn) Object.assign(draft.headers, { Authorization: token });
  return Object.assign(draft, { broken: "a probe with made-up values" });
}

/** An operation that sends messages gets no number: it must not send one to a stranger. */
function bodyOf({ random }: World, { requiredFields }: Operation): Record<string, unknown> {
  const isSending = requiredFields.includes("type") || requiredFields.includes("channel");
  const values: Readonly<Record<string, string>> = isSending
    ? {}
    : { mobile: random.mobile(), email: random.email(), sender: random.email(), verify_code: random.digits(6) };
  return Object.fromEntries(requiredFields.map((field) => [field, values[field] ?? "probe"]));
}

function typed(headers: Readonly<Record<string, string>>): Record<string, string> {
  const type = headers["content-type"];
  return type === undefined ? {} : { "content-type": type };
}

/** The response of a server that has no such path: 404 or 501, and no error that is documented for the operation. */
export function isAbsent(operation: Operation, reply: Reply): boolean {
  return (reply.status === 404 || reply.status === 501) && !isDocumented(operation, reply);
}

/** Whether the API itself answered: with success, or with a documented error. */
export function isDocumented({ dialect, errors }: Operation, reply: Reply): boolean {
  if (reply.succeeded) return true;
  const code = codecOf(dialect).refusalOf(reply, reply.json)?.code;
  // A bare 404 in the envelope of GenAuth is also what its framework returns for an unknown path.
  return (
    code !== undefined &&
    [...errors.values()].some((error) => error.code === code || error.also.includes(code)) &&
    code !== "404"
  );
}

/** Whether the refusal says that the application of the request is unknown. */
export function isClientUnknown({ dialect, errors }: Operation, reply: Reply): boolean {
  const unknown = errors.get("client-unknown");
  const code = codecOf(dialect).refusalOf(reply, reply.json)?.code ?? "";
  const named = [unknown?.code, ...(unknown?.also ?? [])];
  // A status alone, such as 404, says too little.
  return named.includes(code) && /[./]/.test(code);
}
