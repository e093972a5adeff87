/** The package as its users get it, and empty projects to install it into. */
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { freshClone } from "./fresh-clone.ts";
import { environmentWithNode, output, PROJECT, scratchFolder, withRegistry } from "./scratch.ts";

export interface Packed {
  /** The tarball. */
  readonly file: string;
  /** What is in it. */
  readonly paths: readonly string[];
  remove(): Promise<void>;
}

const PACKED_WITHIN_MS = 180_000;

/** The package, packed for the tests of a file. */
export function packedForTests(): () => Packed {
  let pack: Packed | undefined;
  beforeAll(async () => {
    pack = await packed();
  }, PACKED_WITHIN_MS);
  afterAll(() => pack?.remove());
  return () => {
    if (pack === undefined) throw new Error("The package is packed once the tests begin");
    return pack;
  };
}

/** Builds and packs a copy, so that test files that do so side by side do not take the build from under each other. */
async function packed(): Promise<Packed> {
  const folder = await mkdtemp(join(tmpdir(), "ciam-testkit-package-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    return { ...(await packedIn(folder)), remove };
  } catch (error) {
    await remove();
    // The compiler writes what it has found where a command writes its results.
    throw new Error(`The package cannot be packed: ${(error as { stdout?: string }).stdout}`, { cause: error });
  }
}

async function packedIn(folder: string): Promise<Omit<Packed, "remove">> {
  const clone = join(folder, "clone");
  await freshClone(clone);
  await symlink(join(PROJECT, "node_modules"), join(clone, "node_modules"));
  const args = ["pack", "--json", "--pack-destination", folder];
  const [{ filename, files }] = JSON.parse(await output("npm", args, { cwd: clone, env: environmentWithNode() }));
  return { file: join(folder, filename), paths: files.map((file: { path: string }) => file.path) };
}

export interface Project {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** What a command prints that runs in it; throws unless it ends with 0. */
  run(command: string, ...args: string[]): Promise<string>;
  write(name: string, text: string): Promise<void>;
}

/** Makes an empty project of the folder, with the package, and what else is named, installed. */
export async function projectIn(folder: string, { file }: Packed, ...others: string[]): Promise<Project> {
  const env = environmentWithNode();
  const run = (command: string, ...args: string[]) => output(command, args, { cwd: folder, env });
  const write = (name: string, text: string) => writeFile(join(folder, name), text);
  await write("package.json", JSON.stringify({ private: true, type: "module" }));
  const install = ["install", "--no-audit", "--no-fund", "--ignore-scripts", file, ...others];
  await run("npm", ...install);
  return { folder, env, run, write };
}

/** The same in a folder of the test's own. Without a registry the test is skipped, or fails in the gate. */
export async function emptyProject(skip: (note: string) => void, pack: Packed, ...others: string[]): Promise<Project> {
  const folder = await scratchFolder();
  return withRegistry(skip, () => projectIn(folder, pack, ...others));
}
