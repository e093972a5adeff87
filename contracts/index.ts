/** The contract suite in your own vitest: describe a target, and run the cases against it. */

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
export * from "./target/index.ts";
export { type ContractOptions, describeContract } from "./vitest/suite.ts";
