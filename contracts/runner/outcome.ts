/** Runs one case of the plan, and returns its outcome. */

import type { Choice, ReportedCase, ReportedExchange, Violation } from "../reports/report.ts";
import { isNotOffered } from "../target/target.ts";
import { basisOf } from "../world/base.ts";
import { createWorld } from "../world/create-world.ts";
import { type Session, stoppedAnswering } from "../world/session.ts";
import { type Deviation, NotApplicable, NotArranged, type World } from "../world/world.ts";
import type { PlannedCase } from "./plan.ts";
import { reportedExchanges } from "./reported-exchange.ts";
import { type VerdictOptions, verdictOn } from "./verdict.ts";

/** The outcomes of a single case. `known` and `stale` come later, from the list of known failures. */
type OwnOutcome = "passed" | "failed" | "blocked" | "not-applicable" | "finding" | "error";

export interface CaseResult extends ReportedCase {
  readonly outcome: OwnOutcome;
}

export async function outcomeOf(
  session: Session,
  entry: PlannedCase,
  options: VerdictOptions = {},
): Promise<CaseResult> {
  if (entry.notApplicable !== undefined) return settled(session, entry, "not-applicable", entry.notApplicable);
  if (entry.blocked !== undefined) return settled(session, entry, "blocked", entry.blocked);
  let started = 0;
  const { alone = false, last = false } = entry.case;
  const isAlone = last || (alone && !session.capabilities.has("sandboxes"));
  const found = await session.lock.run(isAlone, () => {
    started = performance.now();
    return carriedOut(session, entry, options);
  });
  const duration = Math.round((performance.now() - started) * 10) / 10;
  return { ...settled(session, entry, found.outcome, found.reason), ...found, duration_ms: duration };
}

/** The result of a case that did not run, because of an obstacle to this case or to the whole run. */
export function settled(session: Session, entry: PlannedCase, outcome: OwnOutcome, reason: string): CaseResult {
  const { id, operation, check = null, category, title, requires } = entry.case;
  const error = check === null ? null : (session.operation(operation).errors.get(check)?.code ?? null);
  return {
    id,
    operation,
    check,
    error,
    axis: category,
    title,
    ...basisOf(session, entry.case),
    outcome,
    reason,
    needs: requires,
    missing: entry.missing,
    duration_ms: 0,
    violations: [],
    choices: [],
    exchanges: [],
  };
}

interface Found {
  readonly outcome: OwnOutcome;
  readonly reason: string;
  readonly violations: readonly Violation[];
  readonly choices: readonly Choice[];
  readonly exchanges: readonly ReportedExchange[];
}

async function carriedOut(session: Session, entry: PlannedCase, options: VerdictOptions): Promise<Found> {
  if (session.hasStopped()) return unanswered(stoppedAnswering(session.target));
  const opened = await createWorld(session, entry.case).catch((error: unknown) => {
    session.noteFailure(error);
    return inWords(error);
  });
  if (typeof opened === "string") return unanswered(opened);
  const { world, close } = opened;
  const thrown = await entry.case.run(world).then(
    () => undefined,
    (error: unknown) => error,
  );
  // A failed exchange with the API is already recorded.
  if (world.exchanges.at(-1)?.failure === undefined) session.noteFailure(thrown);
  const left = await close().catch((error: unknown) => error);
  return resultOf(world, entry, options, thrown ?? left);
}

/** The case sent nothing to the API, so there is no exchange to show. */
function unanswered(reason: string): Found {
  return { outcome: "error", reason, violations: [], choices: [], exchanges: [] };
}

function resultOf(world: World, { case: { category } }: PlannedCase, options: VerdictOptions, thrown: unknown): Found {
  // Some secrets became known only after a deviation was recorded.
  const { mask } = world.secrets;
  const choices = world.choices.map(({ choice, mock, target }) => ({ choice, mock: mask(mock), target: mask(target) }));
  const { deviations, assumes } = world;
  if (deviations.length === 0 && thrown === undefined)
    return { outcome: "passed", reason: "", violations: [], choices, exchanges: [] };
  const violations = deviations.map((one) => violationOf(one, mask, verdictOn(one, { category, assumes, ...options })));
  const rest = { violations, choices, exchanges: reportedExchanges(world) };
  const failed = violations.filter(({ verdict }) => verdict === "failed");
  if (failed.length > 0)
    return { outcome: "failed", reason: inOneLine([...failed, ...findingsOf(violations)]), ...rest };
  if (thrown instanceof NotApplicable)
    return { outcome: "not-applicable", reason: mask(thrown.message), violations, choices, exchanges: [] };
  if (isNotOffered(thrown))
    return { outcome: "blocked", reason: mask(thrown.message), violations, choices, exchanges: [] };
  if (thrown instanceof NotArranged) return { outcome: "blocked", reason: mask(thrown.message), ...rest };
  if (thrown !== undefined) return { outcome: "error", reason: mask(inWords(thrown)), ...rest };
  return { outcome: "finding", reason: inOneLine(violations), ...rest };
}

function violationOf(
  { what, expected, got, basis, exchange }: Deviation,
  mask: (text: string) => string,
  verdict: Violation["verdict"],
): Violation {
  return { what: mask(what), expected: mask(expected), got: mask(got), ...basis, verdict, exchange: exchange ?? null };
}

function findingsOf(violations: readonly Violation[]): readonly Violation[] {
  return violations.filter(({ verdict }) => verdict === "finding");
}

function inOneLine(violations: readonly Violation[]): string {
  // Several requests of a case often show the same.
  const lines = violations.map(({ what, expected, got }) => `${what}: expected ${expected}, got ${got}`);
  return [...new Set(lines)].join("; ");
}

function inWords(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
