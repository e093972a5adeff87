/**
 * A lock file beside a file: only one process at a time writes the file. A lock whose process has ended is taken over. Own code,
 * because the usual packages judge a lock by its age alone: a process that was paused loses its lock, and a start soon after a
 * crash has to wait.
 */
import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { isRunning, startOf } from "./process-identity.ts";
import { codeOf, createFile, readRegular } from "./regular-file.ts";

export interface FileLock {
  /** Throws if another process has taken the lock. Takes it again if the lock file was deleted. */
  hold(): Promise<void>;
  release(): Promise<void>;
}

interface Holder {
  readonly id: string;
  readonly pid: number;
  readonly host: string;
  readonly start?: string;
}

/** Another process has the lock. The message follows the name of the file; it says which process, and what to do. */
export class LockedError extends Error {}

/** Others may read who holds the lock. */
const MODE = 0o644;

/** A process writes its lock right after it has created it. */
const HALF_WRITTEN_MS = 1_000;
const POLL_MS = 20;

export async function lockFile(path: string): Promise<FileLock> {
  const start = await startOf(process.pid);
  const own: Holder = {
    id: randomUUID(),
    pid: process.pid,
    host: hostname(),
    ...(start === undefined ? {} : { start }),
  };
  await acquire(path, own);
  return {
    async hold() {
      const holder = await holderOf(path);
      if (holder === undefined) await acquire(path, own);
      else if (holder.id !== own.id) throw inUse(path, holder);
    },
    release: () => release(path, own),
  };
}

async function acquire(path: string, own: Holder): Promise<void> {
  while (!(await create(path, own))) {
    const holder = await holderOf(path);
    if (holder === undefined) continue;
    if (await isHeld(holder)) throw inUse(path, holder);
    await removeStale(path, holder, own);
  }
}

/**
 * Two processes may find the same stale lock. The second must not remove the new lock of the first, so both need a second lock for
 * the removal, and look at the first lock again.
 */
async function removeStale(path: string, stale: Holder, own: Holder): Promise<void> {
  const guard = `${path}.takeover`;
  await acquire(guard, own);
  try {
    if ((await holderOf(path))?.id === stale.id) await rm(path, { force: true });
  } finally {
    await release(guard, own);
  }
}

async function create(path: string, own: Holder): Promise<boolean> {
  try {
    await createFile(path, [Buffer.from(`${JSON.stringify(own)}\n`)], MODE);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

async function release(path: string, own: Holder): Promise<void> {
  if ((await holderOf(path))?.id === own.id) await rm(path, { force: true });
}

/** undefined without a lock. */
async function holderOf(path: string): Promise<Holder | undefined> {
  for (let waited = 0; waited <= HALF_WRITTEN_MS; waited += POLL_MS) {
    const text = await readRegular(path).catch(() => "");
    if (text === undefined) return undefined;
    const holder = parsed(text);
    if (holder !== undefined) return holder;
    await wait(POLL_MS);
  }
  throw new LockedError(
    `cannot be locked: ${path} is not a lock file. If no process uses the state file, delete ${path}`,
  );
}

function parsed(text: string): Holder | undefined {
  try {
    const { id, pid, host, start }: Partial<Record<keyof Holder, unknown>> = JSON.parse(text);
    if (typeof id !== "string" || typeof host !== "string") return undefined;
    if (typeof pid !== "number" || !Number.isInteger(pid) || pid < 1) return undefined;
    return { id, pid, host, ...(typeof start === "string" ? { start } : {}) };
  } catch {
    return undefined;
  }
}

/** A process of another machine cannot be checked. */
async function isHeld({ pid, host, start }: Holder): Promise<boolean> {
  return host !== hostname() || isRunning(pid, start);
}

function inUse(path: string, { pid, host }: Holder): LockedError {
  const end = "End that process, or use another state file";
  if (host === hostname()) return new LockedError(`is in use by process ${pid}. ${end}`);
  return new LockedError(`is in use by process ${pid} on the machine ${host}. ${end}. If it has ended, delete ${path}`);
}
