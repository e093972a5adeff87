/** Describes a target: the module that `verify --target` loads. Needs no test runner. */
export { ControlFailure, type ControlTargetOptions } from "./control-client.ts";
export { controlTarget } from "./control-target.ts";
export {
  type AccountSeed,
  type Capability,
  type CodeQuery,
  defineTarget,
  NotOffered,
  type PolicyValues,
  type ReadCode,
  type Sandbox,
  type Target,
  type TargetAccount,
  type TargetTokens,
} from "./target.ts";
export { TransportFailure } from "./transport.ts";
