/** The sandboxes of a backend by client id, and what all of them share. */
import { randomUUID } from "node:crypto";
import type { HttpResponse } from "./http-values.ts";
import type { Choices } from "./options.ts";
import { newWorld, type World } from "./state.ts";

export interface Sandboxes {
  readonly choices: Choices;
  readonly clientId: string;
  readonly worlds: Map<string, World>;
  /** Counts the requests to the API; some backends refuse one of so many. */
  isThrottled(): boolean;
}

export function newSandboxes(choices: Choices, clientId: string): Sandboxes {
  let requests = 0;
  return {
    choices,
    clientId,
    worlds: new Map([[clientId, newWorld(choices)]]),
    isThrottled: () => choices.gateway.every !== null && ++requests % choices.gateway.every === 0,
  };
}

export function worldFor({ worlds }: Sandboxes, clientId: string): World | undefined {
  return worlds.get(clientId);
}

export function openSandbox({ worlds, choices }: Sandboxes, wanted: string | undefined): string | undefined {
  const clientId = wanted ?? `app-${randomUUID()}`;
  if (worlds.has(clientId)) return undefined;
  worlds.set(clientId, newWorld(choices));
  return clientId;
}

/** What a fault makes of the next request: a cause, a code of the API, or any response. */
export interface TakenFault {
  readonly cause: string | undefined;
  readonly code: string | undefined;
  readonly status: number | undefined;
  readonly response: HttpResponse;
}

export function takeFault(world: World, operation: string): TakenFault | undefined {
  const fault = world.faults.find((one) => one.operation === operation);
  if (fault === undefined) return undefined;
  fault.remaining -= 1;
  if (fault.remaining === 0) world.faults.splice(world.faults.indexOf(fault), 1);
  const { cause, code, status, body } = fault;
  const response = typeof body === "string" ? { status: status ?? 200, text: body } : { status: status ?? 200, body };
  return { cause, code, status, response };
}
