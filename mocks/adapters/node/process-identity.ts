/** Tells whether a process still runs, also when another program has its number now. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/** When the process started, in a form that differs for another process of the same number. */
export async function startOf(pid: number): Promise<string | undefined> {
  try {
    return await (process.platform === "linux" ? startInProc(pid) : startFromPs(pid));
  } catch {
    return undefined;
  }
}

/** Whether the process runs. Without its start, or where the start cannot be read, the number alone decides. */
export async function isRunning(pid: number, start: string | undefined): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it belongs to another user.
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  const now = await startOf(pid);
  return start === undefined || now === undefined || now === start;
}

/** The boot and the ticks since then. See proc(5): the 3rd field is the state, the 22nd the start. */
async function startInProc(pid: number): Promise<string> {
  const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8");
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  // The name in parentheses may contain spaces.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state] = fields;
  return state === "Z" || state === "X" ? "ended" : `${boot.trim()} ${fields[19]}`;
}

async function startFromPs(pid: number): Promise<string | undefined> {
  const env = { ...process.env, LC_ALL: "C", TZ: "UTC" };
  const { stdout } = await promisify(execFile)("ps", ["-o", "lstart=", "-p", String(pid)], { env });
  return stdout.trim() || undefined;
}
