/** The time of all cases, from the start of the process to its end: over HTTP, and with the mock in the same process. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Figure } from "./figures.ts";
import { bareServer, mockServer } from "./servers.ts";

const ROUNDS = 5;
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

interface Ended {
  readonly ms: number;
  readonly printed: string;
}

async function ended(...args: readonly string[]): Promise<Ended> {
  const begin = performance.now();
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}:\n${printed}`);
  return { ms: performance.now() - begin, printed };
}

/** The baseline sends as many requests as the cases do, to a server that does nothing. */
export async function verify(): Promise<Figure[]> {
  const [mock, bare] = [await mockServer(), await bareServer(200, "{}")];
  const overHttp: number[] = [];
  const inProcess: number[] = [];
  // The first round is a warm-up and does not count.
  for (let round = 0; round <= ROUNDS; round++) {
    const http = await ended(at("../../dist/cli/main.js"), "verify", mock.url, "--seed", "bench");
    const inside = await ended(at("all-cases.mjs"));
    const baseline = await ended(at("bare-client.mjs"), bare.url, inside.printed.trim());
    if (round === 0) continue;
    overHttp.push(http.ms / baseline.ms);
    inProcess.push(inside.ms / baseline.ms);
  }
  await Promise.all([mock.stop(), bare.stop()]);
  return [
    { name: "verify over HTTP / as many bare requests by fetch", values: overHttp, bound: { atMost: 1.5 } },
    { name: "all cases in process / as many bare requests by fetch", values: inProcess, bound: { atMost: 1.2 } },
  ];
}
