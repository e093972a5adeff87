/**
 * A run of the suite, with or without a test runner: connects, checks the capabilities, and returns the result of each
 * case.
 */

import { allCases } from "../all-cases.ts";
import type { ReportedTarget } from "../reports/report.ts";
import type { Spec } from "../spec/types.ts";
import { ControlFailure } from "../target/control-client.ts";
import { capabilitiesOf, claims, type Target } from "../target/target.ts";
import { TransportFailure } from "../target/transport.ts";
import type { Case } from "../world/case.ts";
import { Interrupted, openSession, type Session, type SessionOptions } from "../world/session.ts";
import { failedCapabilityCheck } from "./capability-checks.ts";
import { type CaseResult, outcomeOf, settled } from "./outcome.ts";
import { type PlannedCase, planOf, type Selection } from "./plan.ts";
import type { VerdictOptions } from "./verdict.ts";

export interface RunOptions extends Selection, VerdictOptions, SessionOptions {
  /** The name of the target while it is unreachable. */
  readonly name?: string;
}

/** An existing target, or a function that creates it. */
export type TargetSource = Target | (() => Promise<Target>);

export interface Run {
  readonly facts: RunFacts;
  readonly entries: readonly PlannedCase[];
  outcome(one: Case): Promise<CaseResult>;
  close(): Promise<void>;
}

export interface RunFacts {
  readonly seed: string;
  readonly spec_sha256: string;
  readonly target: ReportedTarget;
  /** Why the run has no conclusion about the target as a whole. */
  readonly inconclusive: string | null;
}

/** Never throws because of a target: the run is then inconclusive, and each of its cases is an error. */
export async function openRun(spec: Spec, source: TargetSource, options: RunOptions): Promise<Run> {
  const connected = await connect(source);
  const absent = absentTarget(options.name);
  const target = typeof connected === "string" ? absent : connected;
  const opened = typeof connected === "string" ? connected : await openSession(spec, target, options).catch(inWords);
  const session = typeof opened === "string" ? await openSession(spec, absent, options) : opened;
  const isEnded = () => options.signal?.aborted === true;
  const failed = typeof opened === "string" ? opened : await failedCapabilityCheck(opened).catch(inWords);
  const inconclusive = isEnded() ? new Interrupted().message : failed;
  const entries = planOf(spec, allCases, target, options);
  session.form.willBeJudged(formCases(entries));
  const entryOf = new Map(entries.map((entry) => [entry.case.id, entry]));
  return {
    facts: {
      seed: options.seed,
      spec_sha256: spec.sha256,
      target: reportedTarget(spec, target),
      inconclusive: inconclusive ?? null,
    },
    entries,
    outcome(one) {
      const entry = entryOf.get(one.id);
      if (entry === undefined) throw new Error(`${one.id} is not in the plan of this run`);
      const obstacle = inconclusive ?? (isEnded() ? new Interrupted().message : undefined);
      return obstacle === undefined ? outcomeOf(session, entry, options) : notRun(session, entry, obstacle);
    },
    close: async () => target.close?.(),
  };
}

/** The operations whose form case will run. */
function formCases(entries: readonly PlannedCase[]): readonly string[] {
  const judging = entries.filter(
    ({ case: { last }, notApplicable, missing }) => last && notApplicable === undefined && missing.length === 0,
  );
  return judging.map(({ case: { operation } }) => operation);
}

/** Stands for an unusable target, so that its cases can be listed. */
function absentTarget(name = "the target"): Target {
  return { name, baseUrl: name };
}

async function notRun(session: Session, entry: PlannedCase, why: string): Promise<CaseResult> {
  return settled(session, entry, "error", why);
}

async function connect(source: TargetSource): Promise<Target | string> {
  return typeof source === "function" ? source().catch(inWords) : source;
}

function inWords(error: unknown): string {
  if (error instanceof TransportFailure || error instanceof ControlFailure) return error.message;
  return `The target cannot be used: ${error instanceof Error ? error.message : String(error)}`;
}

function reportedTarget(spec: Spec, target: Target): ReportedTarget {
  const claimed = spec.operations.filter((operation) => claims(target, operation));
  return {
    name: target.name,
    base_url: target.baseUrl,
    dialects: [...new Set(claimed.map(({ dialect }) => dialect))],
    operations: claimed.map(({ id }) => id),
    capabilities: capabilitiesOf(target).filter((name) => name !== "unique-codes"),
    code_semantics: target.codeSemantics ?? "unique",
  };
}
