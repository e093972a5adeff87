/** Several `serve --store` processes over one Redis. */
import { join } from "node:path";
import { PROJECT, type Running, running } from "../package/scratch.ts";
import type { RedisServer } from "./server.ts";

export interface Served extends Running {
  readonly url: string;
}

/** Starts so many, and waits until all of them listen. They end with the test. */
export function servers(count: number, redis: RedisServer): Promise<Served[]> {
  return Promise.all(Array.from({ length: count }, () => server(redis)));
}

async function server({ url }: RedisServer): Promise<Served> {
  const args = [join(PROJECT, "cli/main.ts"), "serve", "--port", "0", "--store", url];
  const started = running(process.execPath, args, { cwd: PROJECT });
  await started.until("control API");
  return { ...started, url: /is ready at (\S+)/.exec(started.printed())?.[1] ?? "" };
}
