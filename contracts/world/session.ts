/**
 * A run of the suite against one target: the spec, the target with its policy, and whether the target still responds.
 */

import { type SchemaCheck, schemaCheck } from "../spec/schemas.ts";
import type { Operation, Spec } from "../spec/types.ts";
import { Busy } from "../target/busy.ts";
import { type Pace, type PaceOptions, paceOf } from "../target/pace.ts";
import { type Capability, capabilitiesOf, claims, type PolicyValues, type Target } from "../target/target.ts";
import { TransportFailure } from "../target/transport.ts";
import { type FormNotes, formNotes } from "./form-notes.ts";
import { type MadeAccounts, madeAccounts } from "./made-accounts.ts";
import { type ReadWriteLock, readWriteLock } from "./read-write-lock.ts";

/** The client id that every document page shows. */
const DOCUMENTED_CLIENT_ID = "nTo1eRIub60vPb54WeE6aojPwYwImtl4";

/** After this many failures in a row the target is gone, and each further case would only wait. */
const FAILURES_IN_A_ROW = 5;

export interface Session {
  readonly spec: Spec;
  readonly target: Target;
  readonly capabilities: ReadonlySet<Capability>;
  readonly seed: string;
  readonly clientId: string;
  readonly timeoutMs: number;
  /** The stated policy of the target; undefined without one. */
  readonly policy: PolicyValues | undefined;
  readonly schema: SchemaCheck;
  readonly form: FormNotes;
  readonly made: MadeAccounts;
  operation(id: string): Operation;
  /** Whether the target claims the operation. */
  claims(operation: string): boolean;
  /** Decides which cases run in parallel. */
  readonly lock: ReadWriteLock;
  /** Whether so many exchanges failed in a row that the target counts as gone. */
  hasStopped(): boolean;
  /** Counts the error if it is a network failure. A target that is busy is there. */
  noteFailure(error: unknown): void;
  /** Runs an exchange of the operation at the pace of the run, unless the target has stopped responding. */
  guarded<T>(operation: string, send: () => Promise<T>): Promise<T>;
}

export interface SessionOptions extends PaceOptions {
  readonly seed: string;
  readonly timeoutMs?: number;
  /** Shared with the functions of the target; by default one of the other options. */
  readonly pace?: Pace;
  /** Aborted to end the run early: a running case sends no further request to the API, and takes back what it did. */
  readonly signal?: AbortSignal;
}

/** The run was ended early. */
export class Interrupted extends Error {
  constructor() {
    super("the run was interrupted");
  }
}

const TIMEOUT_MS = 10_000;

export async function openSession(spec: Spec, target: Target, options: SessionOptions): Promise<Session> {
  const operations = new Map(spec.operations.map((operation) => [operation.id, operation]));
  let failures = 0;
  const noteFailure = (error: unknown) => {
    if (error instanceof TransportFailure && !(error instanceof Busy)) failures++;
  };
  const { pace = paceOf(options) } = options;
  return {
    spec,
    target,
    capabilities: new Set(capabilitiesOf(target)),
    seed: options.seed,
    clientId: target.clientId ?? DOCUMENTED_CLIENT_ID,
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    policy: await target.readPolicy?.(),
    schema: schemaCheck(spec),
    form: formNotes(),
    made: madeAccounts(),
    operation(id) {
      const operation = operations.get(id);
      if (operation === undefined) throw new Error(`openapi.yaml has no operation ${id}`);
      return operation;
    },
    claims: (id) => claims(target, operations.get(id)),
    lock: readWriteLock(),
    noteFailure,
    hasStopped: () => failures >= FAILURES_IN_A_ROW,
    async guarded(operation, send) {
      try {
        return await pace.run(operation, async () => {
          if (options.signal?.aborted) throw new Interrupted();
          if (failures >= FAILURES_IN_A_ROW) throw new TransportFailure(stoppedAnswering(target));
          const response = await send();
          failures = 0;
          return response;
        });
      } catch (error) {
        noteFailure(error);
        throw error;
      }
    },
  };
}

export function stoppedAnswering({ name }: Target): string {
  return `${name} has stopped responding`;
}
