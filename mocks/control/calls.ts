/** The input and output types of the control protocol's calls, from contracts/control.yaml. */
import type { Awaitable } from "../core/store.ts";
import { type Access, type MockContext, transact } from "../engine/transact.ts";
import { ControlError } from "../http/problem.ts";
import type { controlCalls } from "../spec/control.gen.ts";
import type { components, operations } from "../spec/control-types.gen.ts";

/** Every call with one input and one output. The events are a stream. */
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

/** The mock and the client id of the sandbox in which a call runs. */
export interface ControlContext {
  readonly mock: MockContext;
  readonly clientId: string;
  /** A signal that aborts when the client has disconnected. */
  readonly gone?: (() => AbortSignal) | undefined;
}

/** Gets valid input. Returns the output or throws a `ControlError`. */
export type Handler<Id extends ControlId> = (
  input: ControlInput<Id>,
  context: ControlContext,
) => Awaitable<ControlOutput<Id> | undefined>;

export type Handlers<Id extends ControlId = ControlId> = { readonly [I in Id]: Handler<I> };

/**
 * Runs `work` in a transaction on the context's sandbox. The work is a walk: it is synchronous and may be repeated. Throws a
 * `ControlError` with status 404 for an unknown client id.
 */
export async function inSandbox<T>({ mock, clientId }: ControlContext, work: (access: Access) => T): Promise<T> {
  const done = await transact(mock, clientId, (access) => ({ result: work(access) }));
  if (done === undefined) throw noSuchSandbox(clientId);
  return done.result;
}

function noSuchSandbox(clientId: string): ControlError {
  return new ControlError({
    title: "Unknown client id",
    status: 404,
    detail: `no sandbox has the client id ${clientId}`,
  });
}

export function badRequest(detail: string, more: Record<string, unknown> = {}): ControlError {
  return new ControlError({ title: "Bad request", status: 400, detail, ...more });
}
