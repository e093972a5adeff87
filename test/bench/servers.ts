/** Servers in their own processes, so that the load does not run in the measured process. */
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

export interface Served {
  readonly url: string;
  stop(): Promise<void>;
}

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const NODE = process.execPath;

export async function bareServer(status: number, body: string): Promise<Served> {
  const port = await freePort();
  return started(NODE, [at("bare-server.mjs"), String(port), String(status), body], port, "ready");
}

/** The built command; it prints only that it is ready. */
export async function mockServer(): Promise<Served> {
  const port = await freePort();
  return started(NODE, [at("../../dist/cli/main.js"), "serve", "--quiet", "--port", String(port)], port, "control API");
}

/** Prism's own mock of the published openapi.yaml, as its users start it. */
export async function prismMock(): Promise<Served> {
  const port = await freePort();
  const prism = at("../../node_modules/@stoplight/prism-cli/dist/index.js");
  const args = [prism, "mock", at("../../dist/openapi.yaml"), "--port", String(port), "--host", "127.0.0.1"];
  return started(NODE, args, port);
}

async function started(command: string, args: string[], port: number, ready?: string): Promise<Served> {
  const child = spawn(command, args, {
    stdio: ["ignore", ready === undefined ? "ignore" : "pipe", "ignore"],
    env: { ...process.env, SCARF_ANALYTICS: "false" },
  });
  // Also when a measurement fails.
  process.once("exit", () => child.kill("SIGKILL"));
  const url = `http://127.0.0.1:${port}`;
  await (ready === undefined ? answering(url) : printing(child, ready));
  return { url, stop: () => stopped(child) };
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
