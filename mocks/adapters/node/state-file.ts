/**
 * Keeps the mock's state in a file: reads it at the start and writes it soon after each change. The file holds the snapshots of all
 * sandboxes. Only one process at a time uses the file.
 */
import type { Mock } from "../../mock.ts";
import { type FileLock, LockedError, lockFile } from "./file-lock.ts";
import { codeOf, isRegular, readRegular, removeLeftovers, targetOf } from "./regular-file.ts";
import { Saver } from "./saver.ts";
import { restoreState, sandboxesIn } from "./state-restore.ts";
import { StateWriter } from "./state-writer.ts";

export interface StateFile {
  /** Writes unsaved changes and stops keeping the file. Rejects, and says what is lost, if changes cannot be written. */
  close(): Promise<void>;
}

/** Gets errors and warnings while the file is kept. */
type Report = (error: unknown) => void;

/**
 * Restores the state from the file, if the file exists, and keeps the file current from then on. Throws, and leaves the file
 * unchanged, if another process uses it, if it is damaged, or if it is of a newer version. If the file cannot be written later, it
 * calls `report` and tries again. A sandbox that cannot be restored or saved is reported, and does not stop the others.
 */
export async function keepState(mock: Mock, file: string, report: Report): Promise<StateFile> {
  const target = await targetOf(file).catch(cannot(file, "be written"));
  // Before the lock, so that no lock appears beside a folder or a pipe.
  const exists = await isRegular(target).catch(unreadable(file));
  const lock = await lockFor(file, target, exists, report);
  try {
    return await keepLocked(mock, file, target, lock, report);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function keepLocked(
  mock: Mock,
  file: string,
  target: string,
  lock: FileLock,
  report: Report,
): Promise<StateFile> {
  await removeLeftovers(target).catch(() => {
    // They take space, and do no other harm.
  });
  const text = await textOf(target, file, report);
  if (text !== undefined) await restoreState(mock, sandboxesIn(text, file), { file, target, text, report });
  const writer = new StateWriter({ mock, file, target, lock, report }, await mock.sandboxes.list());
  // Create a missing file at once, so that a folder without write access fails at the start.
  if (text === undefined) await writer.save();
  const saver = new Saver(() => writer.save(), report);
  const unsubscribe = mock.subscribe(({ type, clientId }) => {
    if (type === "message" || type === "request") return;
    writer.change(clientId);
    saver.changed();
  });
  let closed: Promise<void> | undefined;
  const close = async () => {
    unsubscribe();
    try {
      await saver.close().catch(() => {
        // The last attempt follows.
      });
      await writer.finish();
    } finally {
      await lock.release();
    }
  };
  return {
    close() {
      closed ??= close();
      return closed;
    },
  };
}

/** undefined for a new file. A file must exist, and so is empty, before it can be mounted into a container. */
async function textOf(target: string, file: string, report: Report): Promise<string | undefined> {
  const text = await readRegular(target).catch(unreadable(file));
  if (text !== "") return text;
  report(new Error(`${file} is empty, so the mock starts without a saved state`));
  return undefined;
}

function unreadable(file: string): (error: Error) => never {
  return (error) => {
    if (codeOf(error) !== undefined) return cannot(file, "be read")(error);
    throw new Error(`${file} ${error.message}. Choose another name for the state file`);
  };
}

/** A file in a folder without write access, such as a single file that is mounted into a container, is kept without a lock. */
async function lockFor(file: string, target: string, exists: boolean, report: Report): Promise<FileLock> {
  try {
    return await lockFile(`${target}.lock`);
  } catch (error) {
    if (error instanceof LockedError) throw new Error(`${file} ${error.message}`);
    if (!exists || !READ_ONLY.has(codeOf(error) ?? "")) throw cannot(file, "be written")(error as Error);
    const reason = "its folder is not writable, so the file has no lock. Make sure that no other process uses the file";
    report(new Error(`${file}: ${reason}`));
    return { hold: async () => {}, release: async () => {} };
  }
}

const READ_ONLY: ReadonlySet<string> = new Set(["EACCES", "EPERM", "EROFS"]);

function cannot(file: string, what: string): (error: Error) => never {
  return (error) => {
    throw new Error(`${file} cannot ${what}: ${error.message}`);
  };
}
