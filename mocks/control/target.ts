/** Describes the mock: its protocol version, dialects, operations, capabilities and public keys. */
import { policyOf } from "../core/policy.ts";
import { controlCalls } from "../spec/control.gen.ts";
import { VERSION } from "../spec/version.gen.ts";
import { type Handlers, inSandbox } from "./calls.ts";

const capabilities = [
  ...new Set(Object.values(controlCalls).flatMap(({ capability }) => (capability === null ? [] : [capability]))),
];

export const target: Handlers<"describeTarget" | "readKeys"> = {
  describeTarget: (_input, context) =>
    inSandbox(context, ({ settings }) => ({
      protocol: "1",
      name: "ciam-testkit mock",
      version: VERSION,
      dialects: context.mock.dialects.map((dialect) => dialect.name),
      capabilities,
      operations: context.mock.dialects.flatMap((dialect) => Object.keys(dialect.operations)),
      code_semantics: policyOf(settings).pinned_code === null ? "unique" : "fixed",
    })),

  async readKeys(_input, { mock }) {
    return { keys: [...(await mock.publicKeys())] };
  },
};
