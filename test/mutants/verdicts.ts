/** The results of all deliberate mutants, from separate processes, which can load mutants. */
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { plainEnvironment } from "../support/package/scratch.ts";
import { grouped } from "./grouped.ts";
import type { Verdict } from "./verdict.ts";

const RUN = fileURLToPath(new URL("run.ts", import.meta.url));
const PROCESSES = 2;
const LONGEST_RUN_MS = 480_000;

/** Returns a function that looks up the result of a mutant. */
export async function verdicts(): Promise<(mutant: string) => readonly string[]> {
  const shares = await Promise.all(Array.from({ length: PROCESSES }, (_, share) => runOf(share)));
  const found = grouped(
    shares.flatMap(({ written }) => written),
    ({ mutant }) => mutant,
  );
  const ends = shares.map(({ end }) => end).join("; ");
  return (mutant) => found.get(mutant)?.flatMap(({ complaints }) => complaints) ?? [`it was not tried: ${ends}`];
}

interface Share {
  readonly written: readonly Verdict[];
  readonly end: string;
}

async function runOf(share: number): Promise<Share> {
  const child = spawn(process.execPath, [RUN, String(share), String(PROCESSES)], {
    env: plainEnvironment(),
    timeout: LONGEST_RUN_MS,
    killSignal: "SIGKILL",
  });
  const ended = new Promise((resolve) => child.once("close", (code, signal) => resolve(code ?? signal)));
  const [lines, errors, end] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  const written = lines
    .split("\n")
    .filter((line) => line.endsWith("}"))
    .map((line): Verdict => JSON.parse(line));
  return { written, end: `process ${share + 1} ended with ${end} after ${written.length} verdicts ${errors}`.trim() };
}
