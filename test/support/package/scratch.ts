/** Folders and processes of a test's own, as a fresh machine has them: nothing of this project on the path. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";

const execute = promisify(execFile);

export const PROJECT = fileURLToPath(new URL("../../..", import.meta.url));

/** A new folder, removed when the test is over. */
export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "ciam-testkit-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The environment without what npm and GitHub add for their scripts; packages come from npm's cache where it has them. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|VITEST|NODE_ENV|CI$|GITHUB_|NODE_OPTIONS)/.test(name),
  );
  const path = (process.env["PATH"] ?? "").split(delimiter).filter((entry) => !entry.includes("node_modules"));
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter), npm_config_prefer_offline: "true" };
}

/** The same, with the Node that runs the tests first. */
export function environmentWithNode(): NodeJS.ProcessEnv {
  const plain = plainEnvironment();
  return { ...plain, PATH: `${dirname(process.execPath)}${delimiter}${plain["PATH"]}` };
}

/** What a command prints; throws, with what it printed to stderr, unless it exits with 0. */
export async function output(command: string, args: string[], options: { cwd: string; env?: NodeJS.ProcessEnv }) {
  const { stdout } = await execute(command, args, { env: plainEnvironment(), ...options, maxBuffer: 16 * 1024 * 1024 });
  return stdout;
}

export interface Running {
  /** All that it has printed so far. */
  printed(): string;
  /** Resolves once it has printed this; rejects if it ends without. */
  until(text: string): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** Its exit code. */
  readonly ended: Promise<number | null>;
}

/** A process in a group of its own, killed with all that it started when the test is over. */
export function running(command: string, args: string[], options: { cwd: string; env?: NodeJS.ProcessEnv }): Running {
  const child = spawn(command, args, { env: plainEnvironment(), ...options, detached: true });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      child.emit("printed");
    });
  }
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  onTestFinished(() => kill(child, "SIGKILL"));
  return {
    printed: () => printed,
    until: (text) =>
      new Promise((resolve, reject) => {
        const look = () => printed.includes(text) && resolve();
        child.on("printed", look);
        child.on("close", () => reject(new Error(`It ended without printing "${text}":\n${printed}`)));
        look();
      }),
    signal: (name) => kill(child, name),
    ended,
  };
}

function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // It has ended already.
  }
}

/** The number of a process that has ended. */
export async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await new Promise((resolve) => child.on("close", resolve));
  return child.pid ?? 0;
}

export async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

/**
 * Runs what may need npm's registry. Where that cannot be reached the test is skipped on a user's machine; the gate, which sets
 * CI, lets it fail.
 */
export async function withRegistry<T>(skip: (note: string) => void, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const unreachable = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ENOTCACHED/.test(String(error));
    if (unreachable && !process.env["CI"]) skip("npm cannot reach its registry");
    throw error;
  }
}
