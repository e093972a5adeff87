/** Runs a call of the control protocol, from HTTP or in process: validates its input against control.yaml first. */
import { inSlices } from "../lib/slices.ts";
import { controlCalls } from "../spec/control.gen.ts";
import { accounts } from "./accounts.ts";
import type { ControlContext, ControlId, ControlInput, ControlOutput, Handler, Handlers } from "./calls.ts";
import { catalogue } from "./catalogue.ts";
import { clock } from "./clock.ts";
import { codes } from "./codes.ts";
import { faults } from "./faults.ts";
import { messages } from "./messages.ts";
import { policy } from "./policy.ts";
import { requests } from "./requests.ts";
import { sandboxes } from "./sandboxes.ts";
import { snapshot } from "./snapshot.ts";
import { snapshotParts } from "./snapshot-parts.ts";
import { target } from "./target.ts";
import { assertValid } from "./validate.ts";

const handlers: Handlers = {
  ...target,
  ...catalogue,
  ...sandboxes,
  ...accounts,
  ...codes,
  ...messages,
  ...clock,
  ...faults,
  ...policy,
  ...requests,
  ...snapshot,
};

/** Throws a `ControlError`, and changes nothing, if the input is invalid or the call is not possible. */
export async function control<Id extends ControlId>(
  id: Id,
  input: ControlInput<Id>,
  context: ControlContext,
): Promise<ControlOutput<Id>> {
  assertValid(id, "query", input.query);
  if (input.body !== undefined || controlCalls[id].bodyRequired) await inSlices(validated(id, input.body ?? null));
  const handler: Handler<Id> = handlers[id];
  return (await handler(input, context)) as ControlOutput<Id>;
}

function* validated(id: ControlId, body: unknown): Generator<void, void> {
  for (const part of id === "restoreSnapshot" ? snapshotParts(body) : [body]) {
    assertValid(id, "body", part);
    yield;
  }
}
