/** Every call of the control protocol, whoever makes it: input checked against control.yaml, then carried out. */
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

/** Throws a `ControlError` for what is not valid or not possible; then nothing has changed. */
export async function control<Id extends ControlId>(
  id: Id,
  input: ControlInput<Id>,
  context: ControlContext,
): Promise<ControlOutput<Id>> {
  assertValid(id, "query", input.query);
  if (input.body !== undefined || controlCalls[id].bodyRequired) assertValid(id, "body", input.body ?? null);
  const handler: Handler<Id> = handlers[id];
  return (await handler(input, context)) as ControlOutput<Id>;
}
