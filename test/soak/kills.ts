/** Kills a server that writes its state again and again: no file is torn, and only the last moments may be lost. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Load, Row } from "./row.ts";
import { startServer } from "./server.ts";

const KILLS = 30;
/** What a change may take to reach the file. The page about the state file promises less on an idle machine. */
const SAVED_AFTER_MS = 3_000;

export async function kills({ seed, share }: Load): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "ciam-testkit-soak-"));
  const file = join(folder, "state.json");
  const acknowledged = new Map<string, number>();
  const faults = { torn: 0, lost: 0, starts: 0 };
  const count = Math.ceil(KILLS * share);
  for (let turn = 0; turn < count && faults.starts === 0; turn++) {
    const lifeMs = 500 + ((seed + turn * 977) % 4_000);
    const killedAt = await livedAndKilled(file, lifeMs, acknowledged).catch(() => undefined);
    if (killedAt === undefined) faults.starts += 1;
    const kept = await accountsIn(file);
    if (kept === undefined) faults.torn += 1;
    else faults.lost += forget(acknowledged, kept, (killedAt ?? 0) - SAVED_AFTER_MS);
  }
  await rm(folder, { recursive: true, force: true });
  const row = (what: string, value: number, fault: boolean): Row => ({ part: "kills", what, value, fault });
  return [
    row("kills", count, false),
    row("accounts that survived all kills", acknowledged.size, acknowledged.size === 0),
    row("torn files", faults.torn, faults.torn > 0),
    row(`accounts lost that were older than ${SAVED_AFTER_MS} ms`, faults.lost, faults.lost > 0),
    row("starts that failed", faults.starts, faults.starts > 0),
  ];
}

/** Creates accounts until the server is killed. Returns the time of its end. */
async function livedAndKilled(file: string, lifeMs: number, acknowledged: Map<string, number>): Promise<number> {
  const server = await startServer("--state", file);
  const until = performance.now() + lifeMs;
  while (performance.now() < until) {
    acknowledged.set(await created(server.url, acknowledged.size), performance.now());
    await wait(5);
  }
  await server.end("SIGKILL");
  return performance.now();
}

/** Takes out the accounts that the file does not have. Returns how many of them were acknowledged before the given time. */
function forget(acknowledged: Map<string, number>, kept: ReadonlySet<string>, before: number): number {
  const missing = [...acknowledged].filter(([id]) => !kept.has(id));
  for (const [id] of missing) acknowledged.delete(id);
  return missing.filter(([, at]) => at < before).length;
}

async function created(url: string, count: number): Promise<string> {
  const body = JSON.stringify({ name: `account ${count}` });
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/__testkit/accounts`, { method: "POST", headers, body });
  return ((await response.json()) as { readonly id: string }).id;
}

/** The ids in the file; undefined for a torn one. */
async function accountsIn(file: string): Promise<ReadonlySet<string> | undefined> {
  try {
    const { sandboxes } = JSON.parse(await readFile(file, "utf8"));
    return new Set(sandboxes.flatMap(({ records }: { records: { account: object } }) => Object.keys(records.account)));
  } catch {
    return undefined;
  }
}
