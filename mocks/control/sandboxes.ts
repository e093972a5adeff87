/** Creates, deletes and resets sandboxes. */
import { nextCount } from "../core/transaction.ts";
import { type MockContext, openSandbox, resetSandbox } from "../engine/transact.ts";
import { ControlError } from "../http/problem.ts";
import { badRequest, type Handlers, inSandbox } from "./calls.ts";

const CLIENT_ID_LENGTH = 32;

export const sandboxes: Handlers<"listSandboxes" | "createSandbox" | "deleteSandbox" | "reset"> = {
  async listSandboxes(_input, { wiring }) {
    const names = await wiring.store.sandboxes();
    return {
      sandboxes: names.map((client_id) => ({ client_id, default: client_id === wiring.defaultClientId })),
    };
  },

  async createSandbox({ body }, { wiring }) {
    if (body?.client_id !== undefined) return named(body.client_id, wiring);
    const counting = { wiring, clientId: wiring.defaultClientId };
    for (;;) {
      const count = await inSandbox(counting, ({ tx }) => nextCount(tx, "sandbox"));
      const client_id = wiring.services.randomness.alphanumeric(CLIENT_ID_LENGTH, "sandbox", count);
      // A reset of the default sandbox restarts the count, but the other sandboxes stay. So skip their client ids.
      if (await openSandbox(wiring, client_id)) return opened(client_id, wiring);
    }
  },

  async deleteSandbox({ params: { client_id } }, { wiring }) {
    if (client_id === wiring.defaultClientId)
      throw badRequest("the default sandbox cannot be deleted; reset it instead");
    await inSandbox({ wiring, clientId: client_id }, () => undefined);
    await wiring.store.drop(client_id);
    wiring.events.emit({ type: "change", clientId: client_id });
    return undefined;
  },

  async reset(_input, context) {
    const { wiring, clientId } = context;
    await inSandbox(context, () => undefined);
    await resetSandbox(wiring, clientId);
    wiring.events.emit({ type: "reset", clientId, lastMessage: 0 });
    return undefined;
  },
};

async function named(client_id: string, wiring: MockContext): Promise<{ client_id: string }> {
  if (await openSandbox(wiring, client_id)) return opened(client_id, wiring);
  throw new ControlError({ title: "Taken", status: 409, detail: `another sandbox has the client id ${client_id}` });
}

function opened(client_id: string, { events }: MockContext): { client_id: string } {
  // A listener to this client id may still show an earlier sandbox.
  events.emit({ type: "reset", clientId: client_id, lastMessage: 0 });
  return { client_id };
}
