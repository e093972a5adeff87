/** The contract suite as a library: describe a target, and run the cases against it in your own vitest. */

// Published as Axis, like the field `axis` of the JSON report.
export type {
  Category as Axis,
  Outcome,
  Report,
  ReportedCase,
  ReportedExchange,
  Summary,
  Violation,
} from "./reports/report.ts";
export { type KnownFailure, ListError, readKnownFailing } from "./runner/known-failing.ts";
export type { TargetSource } from "./runner/run.ts";
export { ControlFailure, type ControlTargetOptions } from "./target/control-client.ts";
export { controlTarget } from "./target/control-target.ts";
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
} from "./target/target.ts";
export { TransportFailure } from "./target/transport.ts";
export { type ContractOptions, describeContract } from "./vitest/suite.ts";
