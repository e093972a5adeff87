/** Servers in their own processes, so that the load does not run in the measured process. */
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

export interface Served {
  readonly url: string;
  stop(): Promise<void>;
}

export interface Measured extends Served {
  /** CPU time of the server's main thread so far, in microseconds. */
  cpuTime(): Promise<number>;
}

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const NODE = process.execPath;
const COMMAND = at("../../dist/cli/main.js");

export async function bareServer(status: number, body: string): Promise<Measured> {
  const port = await freePort();
  return measured([at("bare-server.mjs"), String(port), String(status), body], port, "ready");
}

/** The built command; it prints only that it is ready. */
export async function mockServer(...options: readonly string[]): Promise<Measured> {
  const port = await freePort();
  return measured([COMMAND, "serve", "--quiet", "--port", String(port), ...options], port, "good for");
}

/** Prism's own mock of the published openapi.yaml, as its users start it. */
export async function prismMock(): Promise<Served> {
  const port = await freePort();
  const prism = at("../../node_modules/@stoplight/prism-cli/dist/index.js");
  const args = [prism, "mock", at("../../dist/openapi.yaml"), "--port", String(port), "--host", "127.0.0.1"];
  const child = spawned(spawn(NODE, args, { stdio: "ignore", env: { ...process.env, SCARF_ANALYTICS: "false" } }));
  const url = `http://127.0.0.1:${port}`;
  await answering(url);
  return { url, stop: () => stopped(child) };
}

/** A server that prints when it is ready, and tells its CPU time. */
async function measured(args: readonly string[], port: number, ready: string): Promise<Measured> {
  const withReport = ["--import", at("cpu-time.mjs"), ...args];
  const child = spawned(spawn(NODE, withReport, { stdio: ["ignore", "pipe", "ignore", "ipc"] }));
  await printing(child, ready);
  const cpuTime = () =>
    new Promise<number>((resolve) => {
      child.once("message", (time) => resolve(Number(time)));
      child.send("");
    });
  return { url: `http://127.0.0.1:${port}`, stop: () => stopped(child), cpuTime };
}

/** The process ends with the bench, also when a measurement fails. */
function spawned(child: ChildProcess): ChildProcess {
  process.once("exit", () => child.kill("SIGKILL"));
  return child;
}

function printing(child: ChildProcess, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let printed = "";
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      printed += chunk;
      if (printed.includes(text)) resolve();
    });
    child.once("exit", () => reject(new Error(`It ended without being ready:\n${printed}`)));
  });
}

/** Repeats the request until there is a response. */
async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 5_000; tries++) {
    const answered = await fetch(url).then(
      (response) => response.arrayBuffer().then(() => true),
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error(`${url} does not answer`);
}

function stopped(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
