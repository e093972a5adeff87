/** A server with a state file, as a process and as a command that ends by itself. */
import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { run } from "../../../cli/run.ts";
import type { Snapshot } from "../../../mocks/index.ts";
import { PROJECT, running, scratchFolder } from "../package/scratch.ts";
import { DEVICE } from "./api.ts";

const CLI = join(PROJECT, "cli/main.ts");

export interface Kept {
  readonly ciam_testkit_state: number;
  readonly sandboxes: readonly Snapshot[];
}

export async function stateFile(): Promise<string> {
  return join(await scratchFolder(), "state.json");
}

/** Starts the process and waits until it listens. */
export async function startedWith(file: string) {
  const server = running(process.execPath, [CLI, "serve", "--port", "0", "--state", file], { cwd: PROJECT });
  await server.until("control API");
  const url = /is ready at (\S+)/.exec(server.printed())?.[1] ?? "";

  async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(url + path, {
      method,
      headers: { ...DEVICE, "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
  }

  return {
    ...server,
    ask,
    control: (method: string, path: string, body?: unknown, clientId?: string) =>
      ask(method, `/__testkit${path}`, body, clientId === undefined ? {} : { "x-client-id": clientId }),
    /** Ends it normally; returns the exit code. */
    stop(): Promise<number | null> {
      server.signal("SIGTERM");
      return server.ended;
    },
    kill(): Promise<number | null> {
      server.signal("SIGKILL");
      return server.ended;
    },
  };
}

/** The content of the file; throws unless it is complete. */
export async function keptIn(file: string): Promise<Kept> {
  const kept = JSON.parse(await readFile(file, "utf8")) as Kept;
  expect(Object.keys(kept)).toEqual(["ciam_testkit_state", "sandboxes"]);
  return kept;
}

/** Resolves once the file contains this text. */
export async function untilKept(file: string, text: string): Promise<void> {
  await expect.poll(() => readFile(file, "utf8"), { timeout: 20_000, interval: 20 }).toContain(text);
}

/** A value that differs between two writes of the file. */
export async function writing(file: string): Promise<string> {
  const { ino, mtimeNs } = await stat(file, { bigint: true });
  return `${ino} ${mtimeNs}`;
}

/** The names of all files in its folder, its own included. */
export async function besides(file: string): Promise<string[]> {
  return (await readdir(dirname(file))).sort();
}

/** Runs `serve --state <file>` until it is ready, and ends it. */
export async function servedOnce(file: string, port = 0) {
  let out = "";
  let err = "";
  const exitCode = await run(["serve", "--port", String(port), "--state", file], {
    out: { write: (text: string) => (out += text) },
    err: { write: (text: string) => (err += text) },
    env: {},
    stopped: Promise.resolve(),
  });
  return { exitCode, out, err };
}
