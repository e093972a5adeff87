/** Creates, deletes and resets sandboxes. */
import { nextCount } from "../core/transaction.ts";
import { type MockContext, openSandbox, resetSandbox } from "../engine/transact.ts";
import { ControlError } from "../http/problem.ts";
import { badRequest, type Handlers, inSandbox } from "./calls.ts";

const CLIENT_ID_LENGTH = 32;

export const sandboxes: Handlers<"listSandboxes" | "createSandbox" | "deleteSandbox" | "reset"> = {
  async listSandboxes(_input, { mock }) {
    const names = await mock.store.sandboxes();
    return {
      sandboxes: names.map((client_id) => ({ client_id, default: client_id === mock.defaultClientId })),
    };
  },

  async createSandbox({ body }, { mock }) {
    await dropIdle(mock);
    if (body?.client_id !== undefined) return named(body.client_id, mock);
    const counting = { mock, clientId: mock.defaultClientId };
    for (;;) {
      const count = await inSandbox(counting, ({ tx }) => nextCount(tx, "sandbox"));
      const client_id = mock.services.randomness.alphanumeric(CLIENT_ID_LENGTH, "sandbox", count);
      // A reset of the default sandbox restarts the count, but the other sandboxes stay. So skip their client ids.
      if (await openSandbox(mock, client_id)) return opened(client_id, mock);
    }
  },

  async deleteSandbox({ params: { client_id } }, { mock }) {
    if (client_id === mock.defaultClientId) throw badRequest("the default sandbox cannot be deleted; reset it instead");
    await inSandbox({ mock, clientId: client_id }, () => undefined);
    await drop(client_id, mock);
    return undefined;
  },

  async reset(_input, context) {
    const { mock, clientId } = context;
    await inSandbox(context, () => undefined);
    await resetSandbox(mock, clientId);
    mock.events.emit({ type: "reset", clientId, lastMessage: 0 });
    return undefined;
  },
};

async function drop(clientId: string, { store, events, idleSandboxes }: MockContext): Promise<void> {
  await store.drop(clientId);
  idleSandboxes.forget(clientId);
  events.emit({ type: "change", clientId });
}

/** A store with peers is shared: another process may use the sandbox. */
async function dropIdle(mock: MockContext): Promise<void> {
  if (mock.store.peers !== undefined) return;
  for (const clientId of mock.idleSandboxes.takeExpired()) {
    if (clientId !== mock.defaultClientId) await drop(clientId, mock);
  }
}

async function named(client_id: string, mock: MockContext): Promise<{ client_id: string }> {
  if (await openSandbox(mock, client_id)) return opened(client_id, mock);
  throw new ControlError({ title: "Taken", status: 409, detail: `another sandbox has the client id ${client_id}` });
}

function opened(client_id: string, { events }: MockContext): { client_id: string } {
  // A listener to this client id may still show an earlier sandbox.
  events.emit({ type: "reset", clientId: client_id, lastMessage: 0 });
  return { client_id };
}
