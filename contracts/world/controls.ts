/** What a case changes in its target: the time, the next response of an operation, the policy, a second application. */
import { isNotOffered, type Target } from "../target/target.ts";
import type { Base } from "./base.ts";
import { offered } from "./offered.ts";
import type { Traces } from "./traces.ts";
import type { World } from "./world.ts";

export type Controls = Pick<World, "advance" | "failNext" | "setPolicy" | "anotherApplication">;

/** `whole` is the target of the run, which opens sandboxes; the base has the sandbox of this case. */
export function controlsOf({ target, operation }: Base, whole: Target, traces: Traces): Controls {
  return {
    advance: async (seconds) => void (await offered(target, "advanceClock")(seconds)),
    failNext(id, check) {
      const error = operation(id).errors.get(check);
      if (error === undefined) throw new Error(`${id} has no check ${check}`);
      return offered(target, "failNext")({ operation: id, check, error: error.code });
    },
    async setPolicy(patch) {
      traces.policies.push(patch);
      await offered(
        target,
        "setPolicy",
      )(patch).catch((error: unknown) => {
        // A change that the target does not offer need not be taken back.
        if (isNotOffered(error)) traces.policies.pop();
        throw error;
      });
    },
    async anotherApplication() {
      const application = await offered(whole, "openSandbox")();
      traces.applications.push(application);
      return application;
    },
  };
}
