/**
 * A run of the suite, with or without a test runner: connects, checks the capabilities, and returns the result of each
 * case.
 */

import { allCases } from "../all-cases.ts";
import type { ReportedTarget } from "../reports/report.ts";
import type { Spec } from "../spec/types.ts";
import { ControlFailure } from "../target/control-client.ts";
import { DescriptionError } from "../target/known-names.ts";
import { type Pace, paceOf } from "../target/pace.ts";
import { pacedTarget } from "../target/paced-target.ts";
import { capabilitiesOf, claims, type Target } from "../target/target.ts";
import { TransportFailure } from "../target/transport.ts";
import type { Case } from "../world/case.ts";
import { Interrupted, openSession, type Session, type SessionOptions } from "../world/session.ts";
import { assertDescribed } from "./description.ts";
import { type CaseResult, outcomeOf, settled } from "./outcome.ts";
import { type PlannedCase, planOf, type Selection } from "./plan.ts";
import { type Preflight, preflight } from "./preflight.ts";
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
  /** What the author of the target may want to change. */
  readonly hints: readonly string[];
}

/**
 * Never throws because of the behaviour of a target: the run is then inconclusive. Throws `DescriptionError` for a target
 * that describes itself with unknown names.
 */
export async function openRun(spec: Spec, source: TargetSource, options: RunOptions): Promise<Run> {
  const pace = paceOf(options);
  const connected = await connect(source, pace);
  const absent = absentTarget(options.name);
  if (typeof connected !== "string") assertDescribed(spec, connected);
  const target = typeof connected === "string" ? absent : pacedTarget(connected, pace);
  const opened =
    typeof connected === "string" ? connected : await preflight(spec, target, { ...options, pace }).catch(inWords);
  const found = typeof opened === "string" ? await stopped(spec, absent, options, opened) : opened;
  const { session, obstacles, doubts, hints } = found;
  const isEnded = () => options.signal?.aborted === true;
  const stop = isEnded() ? new Interrupted().message : found.stop;
  const entries = planOf(spec, allCases, target, options, obstacles);
  session.form.willBeJudged(formCases(entries));
  const entryOf = new Map(entries.map((entry) => [entry.case.id, entry]));
  return {
    facts: {
      seed: options.seed,
      spec_sha256: spec.sha256,
      target: reportedTarget(spec, target, session),
      inconclusive: stop ?? (doubts.length > 0 ? doubts.join(" ") : null),
      hints,
    },
    entries,
    outcome(one) {
      const entry = entryOf.get(one.id);
      if (entry === undefined) throw new Error(`${one.id} is not in the plan of this run`);
      const obstacle = stop ?? (isEnded() ? new Interrupted().message : undefined);
      return obstacle === undefined ? outcomeOf(session, entry, options) : notRun(session, entry, obstacle);
    },
    close: async () => target.close?.(),
  };
}

/** The operations whose form case will run. */
function formCases(entries: readonly PlannedCase[]): readonly string[] {
  const judging = entries.filter(
    ({ case: { last }, notApplicable, blocked }) => last && notApplicable === undefined && blocked === undefined,
  );
  return judging.map(({ case: { operation } }) => operation);
}

/** Stands for an unusable target, so that its cases can be listed. */
function absentTarget(name = "the target"): Target {
  return { name, baseUrl: name };
}

async function stopped(spec: Spec, absent: Target, options: SessionOptions, stop: string): Promise<Preflight> {
  const obstacles = { absent: new Map(), unknownClient: new Map(), unusable: new Map() };
  return { session: await openSession(spec, absent, options), stop, obstacles, doubts: [], hints: [] };
}

async function notRun(session: Session, entry: PlannedCase, why: string): Promise<CaseResult> {
  return settled(session, entry, "error", why);
}

async function connect(source: TargetSource, pace: Pace): Promise<Target | string> {
  return typeof source === "function" ? pace.run("connect", source).catch(inWords) : source;
}

function inWords(error: unknown): string {
  if (error instanceof DescriptionError) throw error;
  if (error instanceof TransportFailure || error instanceof ControlFailure) return error.message;
  return `The target cannot be used: ${error instanceof Error ? error.message : String(error)}`;
}

/** The capabilities as declared, and the operations that are there. */
function reportedTarget(spec: Spec, target: Target, session: Session): ReportedTarget {
  const claimed = spec.operations.filter((operation) => claims(target, operation) && session.claims(operation.id));
  return {
    name: target.name,
    base_url: target.baseUrl,
    dialects: [...new Set(claimed.map(({ dialect }) => dialect))],
    operations: claimed.map(({ id }) => id),
    capabilities: capabilitiesOf(target).filter((name) => name !== "unique-codes"),
    code_semantics: target.codeSemantics ?? "unique",
  };
}
