/** The contract suite as a library: describe a target, and run the cases against it in a vitest of your own. */

export { ControlFailure, type ControlTargetOptions } from "./control-client.ts";
export { controlTarget } from "./control-target.ts";
export { type KnownFailure, ListError, readKnownFailing } from "./known-failing.ts";
export type { Axis, Outcome, Report, ReportedCase, ReportedExchange, Summary, Violation } from "./report.ts";
export type { TargetSource } from "./run.ts";
export { type ContractOptions, describeContract } from "./suite.ts";
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
