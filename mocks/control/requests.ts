/** Reads the journal. */
import { toProtocol } from "../engine/journal.ts";
import { type Handlers, inSandbox } from "./calls.ts";

export const requests: Handlers<"listRequests"> = {
  async listRequests({ query: { operation, after = "0" } }, context) {
    const entries = await inSandbox(context, ({ tx }) =>
      tx.resultOf("requests", () => context.mock.store.tail(tx.sandbox, "requests", Number(after))),
    );
    const wanted = entries.filter(({ value }) => operation === undefined || value.operation === operation);
    return { requests: wanted.map(toProtocol) };
  },
};
