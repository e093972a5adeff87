/** Time from the start of the process to its first response: the built command against the bare server. */
import { spawn } from "node:child_process";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import type { Figure } from "./figures.ts";
import { freePort } from "./servers.ts";

const ROUNDS = 15;
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Milliseconds. */
async function untilResponse(args: (port: string) => string[]): Promise<number> {
  const port = await freePort();
  const begin = performance.now();
  const child = spawn(process.execPath, args(String(port)), { stdio: "ignore" });
  while (!(await responds(port))) {
    // Asked again at once: what is measured is shorter than any pause.
  }
  const took = performance.now() - begin;
  await new Promise((resolve) => {
    child.once("exit", resolve);
    child.kill("SIGKILL");
  });
  return took;
}

function responds(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () =>
      socket.write("GET /api/v2/sdk/captcha HTTP/1.1\r\nHost: localhost\r\n\r\n"),
    );
    socket.once("error", () => setTimeout(() => resolve(false), 1));
    socket.once("data", () => {
      socket.destroy();
      resolve(true);
    });
  });
}

export async function start(): Promise<Figure[]> {
  const ratios: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const bare = await untilResponse((port) => [at("bare-server.mjs"), port, "400", "{}"]);
    const mock = await untilResponse((port) => [at("../../dist/cli/main.js"), "serve", "--quiet", "--port", port]);
    if (round > 0) ratios.push(mock / bare);
  }
  return [
    { name: "from process start to first response, serve / bare node:http", values: ratios, bound: { atMost: 1.5 } },
  ];
}
