/** Writes the state file, and knows which changes are not in it yet. */
import type { Mock } from "../../mock.ts";
import { type FileLock, LockedError } from "./file-lock.ts";
import { replaceFile } from "./regular-file.ts";
import { listed, messageOf } from "./state-restore.ts";
import { StateText } from "./state-text.ts";

interface Place {
  readonly mock: Mock;
  /** The name that the user gave. */
  readonly file: string;
  readonly target: string;
  readonly lock: FileLock;
  readonly report: (error: unknown) => void;
}

export class StateWriter {
  readonly #place: Place;
  readonly #text: StateText;
  /** The time of the first change that is not in the file, by client id. */
  #unwritten = new Map<string, string>();
  /** The sandboxes whose failure is reported. */
  readonly #failing = new Set<string>();
  #reason = "";
  #isInPlace = false;

  constructor(place: Place, clientIds: readonly string[]) {
    this.#place = place;
    this.#text = new StateText(place.mock, clientIds);
  }

  change(clientId: string): void {
    this.#text.change(clientId);
    if (!this.#unwritten.has(clientId)) this.#unwritten.set(clientId, new Date().toISOString());
  }

  /** Throws if the file cannot be written. A sandbox that cannot be serialised is reported and keeps its last text. */
  async save(): Promise<void> {
    const writing = this.#unwritten;
    this.#unwritten = new Map();
    try {
      const failures = await this.#text.update();
      await this.#write();
      this.#note(failures, writing);
    } catch (error) {
      this.#unwritten = new Map([...this.#unwritten, ...writing]);
      throw this.#named(error);
    }
  }

  /** Saves once more if changes are not in the file. Throws, and says what is lost, if they still are not. */
  async finish(): Promise<void> {
    if (this.#unwritten.size === 0) return;
    const reason = await this.save().then(() => this.#reason, messageOf);
    if (this.#unwritten.size === 0) return;
    const lost = Array.from(this.#unwritten, ([clientId, since]) => `sandbox ${clientId} since ${since}`);
    throw new Error(`${reason}. These changes are lost: ${listed(lost)}`);
  }

  async #write(): Promise<void> {
    const { file, target, lock, report } = this.#place;
    await lock.hold();
    const inPlace = await replaceFile(target, this.#text.chunks());
    if (inPlace !== undefined && !this.#isInPlace) {
      const risk =
        "so it is written in place: a crash during a save can damage it. Mount its folder instead of the file";
      report(new Error(`${file} cannot be replaced (${messageOf(inPlace)}), ${risk}`));
    }
    this.#isInPlace = inPlace !== undefined;
  }

  #note(failures: ReadonlyMap<string, unknown>, writing: ReadonlyMap<string, string>): void {
    const { file, report } = this.#place;
    for (const clientId of this.#failing) if (!failures.has(clientId)) this.#failing.delete(clientId);
    for (const [clientId, error] of failures) {
      this.#unwritten.set(clientId, writing.get(clientId) ?? new Date().toISOString());
      this.#reason = `${file}: sandbox ${clientId} cannot be saved: ${messageOf(error)}`;
      if (!this.#failing.has(clientId)) report(new Error(`${this.#reason}. The others are saved`));
      this.#failing.add(clientId);
    }
  }

  #named(error: unknown): Error {
    const { file } = this.#place;
    const isLocked = error instanceof LockedError;
    return new Error(`${file} ${isLocked ? "" : "cannot be written: "}${messageOf(error)}`);
  }
}
