/** A project that has the packed package beside packages of this repository, so that no test has to install them again. */
import { chmod, mkdir, readFile, symlink } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Packed } from "./pack.ts";
import { type Project, projectAt } from "./packed.ts";
import { output, PROJECT, scratchFolder } from "./scratch.ts";

const OURS = join(PROJECT, "node_modules");

/** A package by its name here, and where it comes from: another name here, or a folder. */
export type Linked = string | readonly [name: string, from: string];

/** The package, what it depends on, and these: nothing else can be imported there. */
export async function linkedProject(pack: Packed, ...packages: readonly Linked[]): Promise<Project> {
  return linkedProjectIn(await scratchFolder(), pack, ...packages);
}

/** The same in a folder that the caller removes. */
export async function linkedProjectIn(folder: string, { file }: Packed, ...packages: readonly Linked[]) {
  const installed = join(folder, "node_modules");
  const unpacked = join(installed, "ciam-testkit");
  await mkdir(join(installed, ".bin"), { recursive: true });
  await mkdir(unpacked);
  await output("tar", ["-xzf", file, "-C", unpacked, "--strip-components=1"], { cwd: folder });
  const { dependencies } = await manifestOf(unpacked);
  for (const one of [...Object.keys(dependencies ?? {}), ...packages]) {
    const [name, from] = typeof one === "string" ? [one, one] : one;
    await mkdir(dirname(join(installed, name)), { recursive: true });
    await symlink(resolve(OURS, from), join(installed, name), "dir");
    await linkCommands(installed, name);
  }
  await linkCommands(installed, "ciam-testkit");
  return projectAt(folder);
}

interface Manifest {
  readonly bin?: string | Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

async function manifestOf(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
}

/** As npm does, so that `npx` finds them. */
async function linkCommands(installed: string, name: string): Promise<void> {
  const { bin = {} } = await manifestOf(join(installed, name));
  const commands = typeof bin === "string" ? { [name.replace(/^@.*\//, "")]: bin } : bin;
  for (const [command, path] of Object.entries(commands)) {
    const target = join(installed, name, path);
    if (name === "ciam-testkit") await chmod(target, 0o755);
    await symlink(target, join(installed, ".bin", command));
  }
}
