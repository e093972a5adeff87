/** The package as its users get it, and empty projects to install it into. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll } from "vitest";
import { shared } from "../shared/shared.ts";
import type { Packed } from "./pack.ts";
import { environmentWithNode, output, scratchFolder, withRegistry } from "./scratch.ts";

const PACKED_WITHIN_MS = 300_000;

/** The package, which is packed once per run. */
export function packedForTests(): () => Packed {
  let pack: Packed | undefined;
  beforeAll(async () => {
    pack = await shared("pack");
  }, PACKED_WITHIN_MS);
  return () => {
    if (pack === undefined) throw new Error("The package is packed once the tests begin");
    return pack;
  };
}

export interface Project {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** What a command prints that runs in it; throws unless it ends with 0. */
  run(command: string, ...args: string[]): Promise<string>;
  write(name: string, text: string): Promise<void>;
}

/** Makes an empty project of the folder. */
export async function projectAt(folder: string): Promise<Project> {
  const env = environmentWithNode();
  const run = (command: string, ...args: string[]) => output(command, args, { cwd: folder, env });
  const write = (name: string, text: string) => writeFile(join(folder, name), text);
  await write("package.json", JSON.stringify({ private: true, type: "module" }));
  return { folder, env, run, write };
}

/** The same with the package, and what else is named, installed by npm. */
export async function projectIn(folder: string, { file }: Packed, ...others: string[]): Promise<Project> {
  const project = await projectAt(folder);
  await project.run("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", file, ...others);
  return project;
}

/** The same in a folder of the test's own. Without a registry the test is skipped, or fails in the gate. */
export async function emptyProject(skip: (note: string) => void, pack: Packed, ...others: string[]): Promise<Project> {
  const folder = await scratchFolder();
  return withRegistry(skip, () => projectIn(folder, pack, ...others));
}
