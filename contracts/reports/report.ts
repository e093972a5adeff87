/** The result of a run as plain JSON. Every other report format is made from it. */

export type Category =
  | "success"
  | "error"
  | "boundary"
  | "language"
  | "state"
  | "time"
  | "concurrency"
  | "order"
  | "security"
  | "flow"
  | "form";

/**
 * How well an expectation is founded. `universal` holds for every implementation, whatever is documented: a code works
 * once, a refusal changes nothing. `documented` stands on the page of the operation. `inferred` is our reading of what
 * the pages leave open.
 */
export type Strength = "universal" | "documented" | "inferred";

/** docs/contracts/README.md explains the outcomes. Only `failed`, `stale` and `error` make a run fail. */
export type Outcome = "passed" | "failed" | "blocked" | "not-applicable" | "known" | "stale" | "finding" | "error";

export interface Report {
  readonly tool: { readonly name: string; readonly version: string };
  /** Of the openapi.yaml that the run used. */
  readonly spec_sha256: string;
  /** The same seed makes the same requests. */
  readonly seed: string;
  readonly target: ReportedTarget;
  /** Why the run has no conclusion about the target, such as "unreachable"; null if it has one. */
  readonly inconclusive: string | null;
  readonly summary: Summary;
  /**
   * In the order of the plan: by operation as in openapi.yaml, then its checks in their order, then the other
   * categories.
   */
  readonly cases: readonly ReportedCase[];
  /**
   * One row for each check of each operation, and one with check `null` for the documented success of each operation.
   */
  readonly coverage: readonly CoverageRow[];
  /** Advice for the author of the target; changes no outcome. */
  readonly hints: readonly string[];
  /** Entries to remove from the list of known failures. A summary counts only those that match a case. */
  readonly stale_entries: readonly StaleEntry[];
  /** Where the documents leave a choice, and the target chose differently from the mock. */
  readonly choices: readonly OpenChoice[];
  /** The failures and findings, grouped by cause: one mistake of the target is one entry, however many cases show it. */
  readonly causes: readonly ReportedCause[];
}

export interface ReportedTarget {
  readonly name: string;
  readonly base_url: string;
  readonly dialects: readonly string[];
  readonly operations: readonly string[];
  readonly capabilities: readonly string[];
  readonly code_semantics: "unique" | "fixed";
}

export interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly blocked: number;
  readonly not_applicable: number;
  readonly known: number;
  readonly stale: number;
  readonly findings: number;
  readonly errors: number;
  /** The sum of the eight counts above. */
  readonly total: number;
  /** The share of applicable cases that ended with a conclusion, from 0 to 100 with one decimal. */
  readonly driven_percent: number;
}

export interface ReportedCase {
  /** `operationId/name`; stable, because lists of known failures refer to it. */
  readonly id: string;
  readonly operation: string;
  /** The check that the case tests; null for a case without one. */
  readonly check: string | null;
  /** The documented error code of the check. */
  readonly error: string | null;
  readonly axis: Category;
  /** The expected behaviour, as a sentence. */
  readonly title: string;
  /** How well the expected behaviour is founded. */
  readonly strength: Strength;
  /** The page that prints it, or the reasoning behind it. */
  readonly source: string;
  readonly outcome: Outcome;
  /** Why the outcome is not `passed`; empty for `passed`. */
  readonly reason: string;
  /** The required capabilities. "|" joins alternatives, such as "codes|messages". */
  readonly needs: readonly string[];
  /** The entries of `needs` that the target lacks. */
  readonly missing: readonly string[];
  readonly duration_ms: number;
  /** The contradictions to the contract. */
  readonly violations: readonly Violation[];
  /** The choices of the target that this case saw. A case may pass with a choice that differs from the mock's. */
  readonly choices: readonly Choice[];
  /** The requests and responses of a case that did not pass: secrets masked, oldest first. */
  readonly exchanges: readonly ReportedExchange[];
}

export interface Violation {
  /** The value that was checked, such as "error code (mobile-taken)". */
  readonly what: string;
  readonly expected: string;
  readonly got: string;
  /** How well the expectation is founded. */
  readonly strength: Strength;
  /** The page that prints it, or the reasoning behind it. */
  readonly source: string;
  /** Whether the case fails because of it. */
  readonly verdict: "failed" | "finding";
  /** The exchange that shows it, as an index of the exchanges of the case; null without one. */
  readonly exchange: number | null;
}

/** One choice that the documents leave open, as a case saw it. */
export interface Choice {
  /** Such as `updateMobile/mobile-own` or `updateMobile/order`. */
  readonly choice: string;
  /** The behaviour of the mock. */
  readonly mock: string;
  readonly target: string;
}

export interface OpenChoice extends Choice {
  /** The cases that saw it. */
  readonly cases: readonly string[];
}

/**
 * What the cases of a cause have in common. `same`: expectation and response. `characters`: texts differ in the same
 * characters. `language`: texts are in another language. `response`: different checks get one response. `refused`:
 * valid requests are refused like this, so other requests get the same response.
 */
export type Likeness = "same" | "characters" | "language" | "response" | "refused";

/** The facts are those of the example. */
export interface ReportedCause {
  readonly verdict: "failed" | "finding";
  readonly likeness: Likeness;
  /** Without the name of the check if the cases have several. */
  readonly what: string;
  readonly expected: string;
  readonly got: string;
  readonly strength: Strength;
  readonly source: string;
  /** All cases that show it; the example is the first. */
  readonly cases: readonly string[];
  /** The exchange of the example that shows it, as an index. */
  readonly exchange: number | null;
}

export interface ReportedExchange {
  readonly operation: string;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
  };
  /** null without a response; `failure` says why. */
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  } | null;
  readonly failure: string | null;
  /** A shell command that repeats the request; secrets are variables such as `$ID_TOKEN`. */
  readonly curl: string;
}

export interface CoverageRow {
  readonly operation: string;
  readonly check: string | null;
  readonly error: string | null;
  readonly outcome: Outcome;
}

export interface StaleEntry {
  readonly pattern: string;
  readonly reason: string;
  /** Why the entry must be removed, such as "expired on 2026-01-31" or "matches no case". */
  readonly why: string;
}
