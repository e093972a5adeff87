/** What a run of the suite found, as plain JSON. Every format that people and machines read is made from this alone. */

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
  | "flow";

/** docs/contracts/README.md explains them. Only `failed`, `stale` and `error` keep a run from conforming. */
export type Outcome = "passed" | "failed" | "blocked" | "not-applicable" | "known" | "stale" | "finding" | "error";

export interface Report {
  readonly tool: { readonly name: string; readonly version: string };
  /** Of the openapi.yaml that was the measure. */
  readonly spec_sha256: string;
  /** The same seed makes the same requests. */
  readonly seed: string;
  readonly target: ReportedTarget;
  /** Why nothing can be said of the target as a whole, such as "unreachable"; null when there is something to say. */
  readonly inconclusive: string | null;
  readonly summary: Summary;
  /** In the order of the manifest: by operation as in openapi.yaml, then checks in their order, then the other axes. */
  readonly cases: readonly ReportedCase[];
  /** One row for each check of each operation, and one with check `null` for each operation's documented success. */
  readonly coverage: readonly CoverageRow[];
  /** Entries of the known-failing list that must go; not counted among the cases unless they match one. */
  readonly stale_entries: readonly StaleEntry[];
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
  /** The sum of the eight. */
  readonly total: number;
  /** How many of the applicable cases were driven to an answer, from 0 to 100 with one decimal. */
  readonly driven_percent: number;
}

export interface ReportedCase {
  /** `operationId/name`; stable, for lists of known failures depend on it. */
  readonly id: string;
  readonly operation: string;
  /** The check that it is about; null for a case that is about none in particular. */
  readonly check: string | null;
  /** The documented error code that the check is answered with. */
  readonly error: string | null;
  readonly axis: Category;
  /** What holds when it passes, as a sentence. */
  readonly title: string;
  readonly outcome: Outcome;
  /** Why the outcome is not `passed`; empty when it is. */
  readonly reason: string;
  /** The capabilities that it takes, alternatives joined by "|", such as "codes|messages". */
  readonly needs: readonly string[];
  /** Of `needs`, what the target lacks. */
  readonly missing: readonly string[];
  readonly duration_ms: number;
  /** What contradicted the contract. */
  readonly violations: readonly Violation[];
  /** For what did not pass: what was sent and answered, secrets masked, oldest first. */
  readonly exchanges: readonly ReportedExchange[];
}

export interface Violation {
  /** What was looked at, such as "error_code of the answer in English". */
  readonly what: string;
  readonly expected: string;
  readonly got: string;
}

export interface ReportedExchange {
  readonly operation: string;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
  };
  /** null when there was no answer; `failure` says why. */
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  } | null;
  readonly failure: string | null;
  /** A shell command that repeats it; secrets are variables such as `$ID_TOKEN`. */
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
  /** Why it must go, such as "expired on 2026-01-31" or "matches no case". */
  readonly why: string;
}
