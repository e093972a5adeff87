/** Opening, closing and resetting sandboxes. */
import { nextCount } from "../../core/transaction.ts";
import { openSandbox } from "../sandbox.ts";
import { badRequest, type Handlers, inSandbox } from "./calls.ts";

const CLIENT_ID_LENGTH = 32;

export const sandboxes: Handlers<"createSandbox" | "deleteSandbox" | "reset"> = {
  async createSandbox(_input, { wiring }) {
    const counting = { wiring, clientId: wiring.defaultClientId };
    for (;;) {
      const count = await inSandbox(counting, ({ tx }) => nextCount(tx, "sandbox"));
      const client_id = wiring.tools.randomness.alphanumeric(CLIENT_ID_LENGTH, "sandbox", count);
      // A reset of the default sandbox lets the count begin anew, while the sandboxes stay.
      if (await openSandbox(wiring, client_id)) return { client_id };
    }
  },

  async deleteSandbox({ params: { client_id } }, { wiring }) {
    if (client_id === wiring.defaultClientId) throw badRequest("the default sandbox can be reset, not deleted");
    await inSandbox({ wiring, clientId: client_id }, () => undefined);
    await wiring.store.drop(client_id);
    return undefined;
  },

  async reset(_input, context) {
    const { wiring, clientId } = context;
    await inSandbox(context, () => undefined);
    await wiring.store.drop(clientId);
    await openSandbox(wiring, clientId);
    return undefined;
  },
};
