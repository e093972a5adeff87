/** A run of the suite, with or without a test runner: connects, probes, and answers what came of each case. */

import { allCases } from "../all-cases.ts";
import type { ReportedTarget } from "../reports/report.ts";
import type { Spec } from "../spec/types.ts";
import { ControlFailure } from "../target/control-client.ts";
import { capabilitiesOf, claims, type Target } from "../target/target.ts";
import { TransportFailure } from "../target/transport.ts";
import type { Case } from "../world/case.ts";
import { openSession, type Session, type SessionOptions } from "../world/session.ts";
import { failedCapabilityCheck } from "./capability-checks.ts";
import { type CaseResult, type OutcomeOptions, outcomeOf, settled } from "./outcome.ts";
import { type PlannedCase, planOf, type Selection } from "./plan.ts";

export interface RunOptions extends Selection, OutcomeOptions, SessionOptions {
  /** What to call the target when it cannot be reached to tell its name. */
  readonly name?: string;
}

/** A target that is there already, or how to come by it. */
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
  /** Why nothing can be said of the target as a whole. */
  readonly inconclusive: string | null;
}

/** Never throws for what is wrong with a target: the run is then inconclusive, and each case of it an error. */
export async function openRun(spec: Spec, source: TargetSource, options: RunOptions): Promise<Run> {
  const connected = await connect(source);
  const nobody = absentTarget(options.name);
  const target = typeof connected === "string" ? nobody : connected;
  const opened = typeof connected === "string" ? connected : await openSession(spec, target, options).catch(inWords);
  const session = typeof opened === "string" ? await openSession(spec, nobody, options) : opened;
  const inconclusive = typeof opened === "string" ? opened : await failedCapabilityCheck(opened).catch(inWords);
  const entries = planOf(spec, allCases, target, options);
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
      if (entry === undefined) throw new Error(`${one.id} is not in the manifest of this run`);
      return inconclusive === undefined ? outcomeOf(session, entry, options) : notRun(session, entry, inconclusive);
    },
    close: async () => target.close?.(),
  };
}

/** Stands for a target that cannot be used, so that its cases can be listed. */
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
