/** Restores the sandboxes of a state file. */
import type { Snapshot } from "../../client/sandbox.ts";
import { pacer, turn } from "../../lib/slices.ts";
import type { Mock } from "../../mock.ts";
import { codeOf, createFile } from "./regular-file.ts";
import { STATE_VERSION } from "./state-text.ts";

interface State {
  readonly ciam_testkit_state: number;
  readonly sandboxes: readonly unknown[];
}

interface Origin {
  /** The name that the user gave. */
  readonly file: string;
  readonly target: string;
  readonly text: string;
  readonly report: (error: unknown) => void;
}

const UNCHANGED = "It was not changed; repair it, or delete it to start fresh";

/** Throws if the text is not that of a state file of this version. */
export function sandboxesIn(text: string, file: string): readonly unknown[] {
  let state: Partial<State> | null;
  try {
    state = JSON.parse(text);
  } catch {
    throw new Error(`${file} is damaged (it is not JSON). ${UNCHANGED}`);
  }
  const version = state?.ciam_testkit_state;
  if (typeof version === "number" && version > STATE_VERSION) {
    throw new Error(`${file} was written by a newer version of ciam-testkit. It was not changed; update ciam-testkit`);
  }
  if (version !== STATE_VERSION || !Array.isArray(state?.sandboxes)) {
    throw new Error(`${file} is not a state file of ciam-testkit. It was not changed; choose another file name`);
  }
  return state.sandboxes;
}

/** Leaves out the sandboxes that cannot be restored, and keeps a copy of the file. Throws if none can be restored. */
export async function restoreState(mock: Mock, sandboxes: readonly unknown[], origin: Origin): Promise<void> {
  const { file, target, text, report } = origin;
  // A large text takes a while to parse.
  await turn();
  const failures = await restoreAll(mock, sandboxes);
  if (failures.length === 0) return;
  if (failures.length === sandboxes.length) throw new Error(`${file} is damaged (${failures[0]}). ${UNCHANGED}`);
  const copy = await copyBeside(target, text);
  const count = `${failures.length} of ${sandboxes.length} sandboxes`;
  report(new Error(`${file}: ${count} cannot be restored and are left out: ${listed(failures)}. A copy is in ${copy}`));
}

/** Returns what is wrong with those that cannot be restored. */
async function restoreAll(mock: Mock, sandboxes: readonly unknown[]): Promise<string[]> {
  const open = new Set(await mock.sandboxes.list());
  const pause = pacer();
  const failures: string[] = [];
  for (const [index, sandbox] of sandboxes.entries()) {
    const snapshot = sandbox as Partial<Snapshot> | null;
    const reason = await restoreSandbox(mock, snapshot, open).then(() => undefined, messageOf);
    if (reason !== undefined) failures.push(`sandbox ${snapshot?.client_id ?? `number ${index + 1}`}: ${reason}`);
    const pausing = pause();
    if (pausing !== undefined) await pausing;
  }
  return failures;
}

async function restoreSandbox(mock: Mock, snapshot: Partial<Snapshot> | null, open: Set<string>): Promise<void> {
  const clientId = snapshot?.client_id;
  if (typeof clientId !== "string") throw new Error("a sandbox has no client_id");
  if (open.has(clientId)) return void (await mock.sandbox(clientId).snapshot.restore(snapshot as Snapshot));
  const sandbox = await mock.sandboxes.create({ clientId });
  try {
    await sandbox.snapshot.restore(snapshot as Snapshot);
    open.add(clientId);
  } catch (error) {
    await mock.sandboxes.delete(clientId);
    throw error;
  }
}

/** The next save replaces the file, and the user may want to repair what was left out. */
async function copyBeside(target: string, text: string): Promise<string> {
  for (let count = 1; ; count++) {
    const copy = `${target}.damaged-${count}`;
    try {
      await createFile(copy, [Buffer.from(text)]);
      return copy;
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw new Error(`${copy} cannot be written: ${messageOf(error)}`);
    }
  }
}

const MOST = 5;

/** The first of several texts, and the number of the others. */
export function listed(texts: readonly string[]): string {
  const rest = texts.length > MOST ? ` and ${texts.length - MOST} more` : "";
  return `${texts.slice(0, MOST).join("; ")}${rest}`;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
