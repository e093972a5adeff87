/** The text of a state file: the snapshots of all sandboxes. An unchanged sandbox is not serialised again. */
import type { Snapshot } from "../../client/sandbox.ts";
import { ControlError } from "../../http/problem.ts";
import { inSlices, pacer } from "../../lib/slices.ts";
import type { Mock } from "../../mock.ts";

/** The version of the file format. A file with a higher number is refused. */
export const STATE_VERSION = 1;

/** Large enough for few writes, small enough to encode at once. */
const CHUNK = 1_000_000;

export class StateText {
  readonly #mock: Mock;
  readonly #texts = new Map<string, readonly Uint8Array[]>();
  readonly #changed: Set<string>;

  /** All of these sandboxes are serialised at first. */
  constructor(mock: Mock, clientIds: readonly string[]) {
    this.#mock = mock;
    this.#changed = new Set(clientIds);
  }

  change(clientId: string): void {
    this.#changed.add(clientId);
  }

  /** Serialises the changed sandboxes. Returns the errors by client id; those sandboxes keep their last text. */
  async update(): Promise<ReadonlyMap<string, unknown>> {
    const failures = new Map<string, unknown>();
    const pause = pacer();
    for (const clientId of [...this.#changed]) {
      this.#changed.delete(clientId);
      await this.#serialise(clientId).catch((error) => failures.set(clientId, error));
      const pausing = pause();
      if (pausing !== undefined) await pausing;
    }
    for (const clientId of failures.keys()) this.#changed.add(clientId);
    return failures;
  }

  async #serialise(clientId: string): Promise<void> {
    const snapshot = await this.#mock.sandbox(clientId).snapshot.take().catch(undefinedIfGone);
    if (snapshot === undefined) this.#texts.delete(clientId);
    else this.#texts.set(clientId, await inSlices(encoded(snapshot)));
  }

  chunks(): Uint8Array[] {
    const sandboxes = [...this.#texts.values()].flatMap((text, index) => (index === 0 ? text : [COMMA, ...text]));
    return joined([
      Buffer.from(`{"ciam_testkit_state":${STATE_VERSION},"sandboxes":[`),
      ...sandboxes,
      Buffer.from("]}"),
    ]);
  }
}

const COMMA = Buffer.from(",");

/** The sandbox may be deleted before its turn. */
function undefinedIfGone(error: unknown): undefined {
  if (!(error instanceof ControlError && error.problem.status === 404)) throw error;
}

function* encoded(snapshot: Snapshot): Generator<void, Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  let text = "";
  for (const piece of jsonPieces(snapshot, LEVELS)) {
    text += piece;
    if (text.length >= CHUNK) {
      chunks.push(Buffer.from(text));
      text = "";
    }
    yield;
  }
  return [...chunks, Buffer.from(text)];
}

/** The fields of a snapshot, its kinds of records, and the records of a kind. */
const LEVELS = 3;

function* jsonPieces(value: unknown, levels: number): Generator<string> {
  if (levels === 0 || typeof value !== "object" || value === null || Array.isArray(value)) {
    return yield JSON.stringify(value);
  }
  let before = "{";
  for (const [name, field] of Object.entries(value)) {
    if (field === undefined) continue;
    yield `${before}${JSON.stringify(name)}:`;
    yield* jsonPieces(field, levels - 1);
    before = ",";
  }
  yield before === "{" ? "{}" : "}";
}

/** Thousands of small sandboxes become a few chunks: each chunk is one write. */
function joined(parts: readonly Uint8Array[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let small: Uint8Array[] = [];
  let size = 0;
  for (const part of parts) {
    small.push(part);
    size += part.length;
    if (size < CHUNK) continue;
    chunks.push(Buffer.concat(small));
    small = [];
    size = 0;
  }
  return [...chunks, Buffer.concat(small)];
}
