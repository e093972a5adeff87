/** How the wire cases send a request, and what they read from the response. */

import { universal } from "../../../spec/basis.ts";
import { TransportFailure } from "../../../target/transport.ts";
import type { Draft, Reply, World } from "../../../world/world.ts";
import type { Fixture, RequestMutation } from "../../scenario.ts";

const ALWAYS_A_RESPONSE = universal("Each request gets a response, and the server goes on.");

/**
 * Sends an unusual request on a connection of its own: a server that does not read the body to its end would spoil the
 * next request on the same connection.
 */
export function sendAlone(world: World, draft: Draft, what: string): Promise<Reply | undefined> {
  return sendOdd(world, onConnectionOfItsOwn(draft), what);
}

export function onConnectionOfItsOwn(draft: Draft): Draft {
  return { ...draft, headers: { ...draft.headers, connection: "close" } };
}

/** Sends an unusual request. Records a missing response, and returns undefined. */
export async function sendOdd(world: World, draft: Draft, what: string): Promise<Reply | undefined> {
  try {
    return await world.send({ ...draft, broken: draft.broken ?? what });
  } catch (error) {
    if (!(error instanceof TransportFailure)) throw error;
    const exchange = world.exchanges.length - 1;
    world.violate(`response to ${what}`, "a response", error.message, {
      basis: ALWAYS_A_RESPONSE,
      certain: true,
      exchange,
    });
    return undefined;
  }
}

/** A server may close the connection instead of reading a large body (RFC 9110, section 15.5.14). Then undefined. */
export async function sendLarge(world: World, draft: Draft): Promise<Reply | undefined> {
  try {
    return await world.send({ ...onConnectionOfItsOwn(draft), broken: "the body is large" });
  } catch (error) {
    if (error instanceof TransportFailure) return undefined;
    throw error;
  }
}

/** Whether the API carried out the request. A page for every unknown path may answer 200 too. */
export function isCarriedOut({ succeeded, body }: Reply): boolean {
  return succeeded && !body.trimStart().startsWith("<");
}

/** The request with this mistake; that of the fixture stays as it is. */
export async function mutatedDraft<S extends Fixture>(
  fixture: S,
  mutation: RequestMutation<S> | undefined,
): Promise<Draft> {
  const draft = { ...fixture.draft, headers: { ...fixture.draft.headers } };
  await mutation?.apply({ ...fixture, draft });
  return draft;
}
