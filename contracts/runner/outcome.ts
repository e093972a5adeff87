/** Runs one case of the plan, and returns its outcome. */

import type { Category, ReportedCase, ReportedExchange, Violation } from "../reports/report.ts";
import { createWorld } from "../world/create-world.ts";
import { type Session, stoppedAnswering } from "../world/session.ts";
import { NotApplicable, type World } from "../world/world.ts";
import type { PlannedCase } from "./plan.ts";
import { reportedExchanges } from "./reported-exchange.ts";

export interface OutcomeOptions {
  /** Whether the target must check in the order of openapi.yaml. */
  readonly strictOrder?: boolean;
}

/** The outcomes of a single case. `known` and `stale` come later, from the list of known failures. */
type OwnOutcome = "passed" | "failed" | "blocked" | "not-applicable" | "finding" | "error";

export interface CaseResult extends ReportedCase {
  readonly outcome: OwnOutcome;
}

export async function outcomeOf(
  session: Session,
  entry: PlannedCase,
  options: OutcomeOptions = {},
): Promise<CaseResult> {
  if (entry.notApplicable !== undefined) return settled(session, entry, "not-applicable", entry.notApplicable);
  if (entry.missing.length > 0) return settled(session, entry, "blocked", blockedBecause(entry.missing));
  let started = 0;
  const isAlone = entry.case.alone === true && !session.capabilities.has("sandboxes");
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
  const about: { id: string; operation: string; check: string | null; axis: Category } = {
    id,
    operation,
    check,
    axis: category,
  };
  const { missing } = entry;
  return {
    ...about,
    error,
    title,
    outcome,
    reason,
    needs: requires,
    missing,
    duration_ms: 0,
    violations: [],
    exchanges: [],
  };
}

function blockedBecause(missing: readonly string[]): string {
  return missing.includes("unique-codes")
    ? `${missing.join(", ")}: all codes of the target are the same`
    : `needs ${missing.join(", ")}`;
}

interface Found {
  readonly outcome: OwnOutcome;
  readonly reason: string;
  readonly violations: readonly Violation[];
  readonly exchanges: readonly ReportedExchange[];
}

async function carriedOut(session: Session, entry: PlannedCase, options: OutcomeOptions): Promise<Found> {
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
  return { outcome: "error", reason, violations: [], exchanges: [] };
}

function resultOf(world: World, entry: PlannedCase, { strictOrder }: OutcomeOptions, thrown: unknown): Found {
  if (world.violations.length === 0 && thrown === undefined)
    return { outcome: "passed", reason: "", violations: [], exchanges: [] };
  // Some secrets became known only after a violation was recorded.
  const { mask } = world.secrets;
  const violations = world.violations.map(({ what, expected, got }) => ({
    what: mask(what),
    expected: mask(expected),
    got: mask(got),
  }));
  const rest = { violations, exchanges: reportedExchanges(world) };
  if (violations.length > 0) {
    const reason = violations.map(({ what, expected, got }) => `${what}: expected ${expected}, got ${got}`).join("; ");
    const isFinding = (entry.case.category === "order" && strictOrder !== true) || world.assumes;
    return { outcome: isFinding ? "finding" : "failed", reason, ...rest };
  }
  if (thrown instanceof NotApplicable)
    return { outcome: "not-applicable", reason: mask(thrown.message), violations, exchanges: [] };
  if (isNotOffered(thrown)) return { outcome: "blocked", reason: mask(thrown.message), violations, exchanges: [] };
  return { outcome: "error", reason: mask(inWords(thrown)), ...rest };
}

function inWords(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isNotOffered(thrown: unknown): thrown is Error {
  return thrown instanceof Error && thrown.name === "NotOffered";
}
