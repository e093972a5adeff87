/** Reads and replaces a file of the user: never through a link that another program made, and never a pipe or a device. */
import { randomUUID } from "node:crypto";
import { constants, type Stats } from "node:fs";
import { open, readdir, readlink, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

/** Windows has neither of the last two flags. */
const { O_CREAT, O_EXCL, O_RDONLY, O_WRONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/** Only its owner can read a new file: it may have passwords and codes. */
const NEW_FILE = 0o600;

/** The place of the content: a link that the user made stays a link. */
export async function targetOf(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
  const link = await readlink(file).catch(() => undefined);
  if (link !== undefined) return targetOf(resolve(dirname(file), link));
  return join(await realpath(dirname(file)), basename(file));
}

/** Whether the file exists. Throws if it is not a regular file. */
export async function isRegular(file: string): Promise<boolean> {
  try {
    assertRegular(await stat(file));
    return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
}

/** The text of the file; undefined if it does not exist. Throws if it is not a regular file. */
export async function readRegular(file: string): Promise<string | undefined> {
  if (!(await isRegular(file))) return undefined;
  try {
    const handle = await open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      assertRegular(await handle.stat());
      return await handle.readFile("utf8");
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

function assertRegular(stats: Stats): void {
  if (!stats.isFile()) throw new Error(`is a ${kindOf(stats)}, not a regular file`);
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return "folder";
  if (stats.isFIFO()) return "named pipe";
  return stats.isSocket() ? "socket" : "device";
}

/** Creates a file. Throws with the code EEXIST if there is a file or a link of this name. */
export async function createFile(file: string, chunks: Iterable<Uint8Array>, mode: number = NEW_FILE): Promise<void> {
  const handle = await open(file, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, mode);
  try {
    // The mode above is reduced by the user's mask.
    await handle.chmod(mode);
    await handle.writeFile(chunks);
    await handle.sync();
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

/**
 * Writes a temporary file and renames it, so that the file is never half written. Returns why it was written in place instead, if
 * it was: a single file that is mounted into a container cannot be replaced, and the folder may be read-only.
 */
export async function replaceFile(file: string, chunks: readonly Uint8Array[]): Promise<Error | undefined> {
  const mode = await modeOf(file);
  const temporary = join(dirname(file), `${prefixOf(file)}${randomUUID()}${SUFFIX}`);
  try {
    await createFile(temporary, chunks, mode);
    await rename(temporary, file);
    return undefined;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {
      // The first error says more.
    });
    if (mode === undefined || !CANNOT_REPLACE.has(codeOf(error) ?? "")) throw error;
    await writeInPlace(file, chunks);
    return error as Error;
  }
}

const CANNOT_REPLACE: ReadonlySet<string> = new Set(["EBUSY", "EXDEV", "EACCES", "EPERM", "EROFS"]);
const SUFFIX = ".tmp";

function prefixOf(file: string): string {
  return `.${basename(file)}.`;
}

/** Removes the temporary files that killed processes have left. Only the process with the lock may call this. */
export async function removeLeftovers(file: string): Promise<void> {
  const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
  for (const name of await readdir(dirname(file))) {
    if (!name.startsWith(prefixOf(file)) || !name.endsWith(SUFFIX)) continue;
    if (uuid.test(name.slice(prefixOf(file).length, -SUFFIX.length))) await rm(join(dirname(file), name));
  }
}

async function modeOf(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).mode & 0o777;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

async function writeInPlace(file: string, chunks: readonly Uint8Array[]): Promise<void> {
  const handle = await open(file, O_WRONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    assertRegular(await handle.stat());
    await handle.writeFile(chunks);
    await handle.truncate(chunks.reduce((sum, { length }) => sum + length, 0));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}
