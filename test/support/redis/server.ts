/** A redis-server of one's own on a free port. Loads no test runner, so that the soak can use it as well. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

const PLACES = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"];

/** The path of redis-server: REDIS_SERVER_PATH, or the usual places. */
export const redisPath = [
  process.env["REDIS_SERVER_PATH"] ?? "",
  ...PLACES.map((folder) => join(folder, "redis-server")),
].find((path) => existsSync(path));

export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** Ends it as an administrator does, or at once. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again on the same port with the data that it has stored. */
  start(): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

/** Each write is in the file when Redis acknowledges it, so that it survives the end of the process. */
const SETTINGS = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "yes", "--appendfsync", "everysec"];

export async function startRedis(more: readonly string[] = []): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), "ciam-testkit-redis-"));
  const port = await freePort();
  const args = ["--port", String(port), "--dir", folder, ...SETTINGS, ...more];
  let child = await started(args);
  const stop = async (signal: NodeJS.Signals = "SIGTERM") => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const over = new Promise((resolve) => child.once("close", resolve));
    child.kill(signal);
    await over;
  };
  return {
    port,
    url: `redis://127.0.0.1:${port}/0`,
    stop,
    async start() {
      child = await started(args);
    },
    signal: (name) => void child.kill(name),
    async remove() {
      await stop("SIGKILL");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function started(args: readonly string[]): Promise<ChildProcess> {
  if (redisPath === undefined) throw new Error("there is no redis-server");
  const child = spawn(redisPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  await new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      printed = (printed + text).slice(-10_000);
      if (printed.includes("Ready to accept connections")) resolve();
    });
    child.once("close", () => reject(new Error(`redis-server ended at its start:\n${printed}`)));
  });
  return child;
}

/** Below the range of automatic ports, and with room for the port of a cluster's bus, which is higher by 10,000. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
