/** The control protocol's calls as types: what goes into each, what comes out. From contracts/control.yaml. */
import type { Awaitable } from "../core/store.ts";
import { type Access, type MockContext, transact } from "../engine/transact.ts";
import { ControlError } from "../http/problem.ts";
import type { controlCalls } from "../spec/control.gen.ts";
import type { components, operations } from "../spec/control-types.gen.ts";

/** Every call that takes a value and answers one; events are a stream. */
export type ControlId = Exclude<keyof typeof controlCalls, "listenToEvents">;
export type Schemas = components["schemas"];

type JsonOf<T> = T extends { content: { "application/json": infer Json } } ? Json : undefined;
type SuccessOf<Responses> = JsonOf<Responses[keyof Responses & (200 | 201 | 204)]>;
type Part<Parameters, Name> = Name extends keyof Parameters ? NonNullable<Parameters[Name]> : Record<string, never>;

export interface ControlInput<Id extends ControlId> {
  readonly params: Part<operations[Id]["parameters"], "path">;
  readonly query: Part<operations[Id]["parameters"], "query">;
  readonly body: operations[Id] extends { requestBody: infer Body }
    ? JsonOf<Body>
    : operations[Id] extends { requestBody?: infer Body }
      ? JsonOf<NonNullable<Body>>
      : undefined;
}

export type ControlOutput<Id extends ControlId> = SuccessOf<operations[Id]["responses"]>;

/** Where a call is made: the mock, and the sandbox that is meant. */
export interface ControlContext {
  readonly wiring: MockContext;
  readonly clientId: string;
  /** Given when nobody waits for the answer any more. */
  readonly gone?: (() => AbortSignal) | undefined;
}

/** Gets valid input; answers the output, or throws a `ControlError`. */
export type Handler<Id extends ControlId> = (
  input: ControlInput<Id>,
  context: ControlContext,
) => Awaitable<ControlOutput<Id> | undefined>;

export type Handlers<Id extends ControlId = ControlId> = { readonly [I in Id]: Handler<I> };

/** Runs in the context's sandbox; an unknown one is a 404. */
export async function inSandbox<T>(
  { wiring, clientId }: ControlContext,
  work: (access: Access) => Awaitable<T>,
): Promise<T> {
  const done = await transact(wiring, clientId, async (access) => ({ result: await work(access) }));
  if (done === undefined) throw noSuchSandbox(clientId);
  return done.result;
}

function noSuchSandbox(clientId: string): ControlError {
  return new ControlError({ title: "Unknown client id", status: 404, detail: `no sandbox is named ${clientId}` });
}

export function badRequest(detail: string, more: Record<string, unknown> = {}): ControlError {
  return new ControlError({ title: "Bad request", status: 400, detail, ...more });
}
