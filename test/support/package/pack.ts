/** Builds and packs the package from a copy of the sources. */
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { freshClone } from "./fresh-clone.ts";
import { environmentWithNode, output, PROJECT } from "./scratch.ts";

export interface Packed {
  /** The tarball. */
  readonly file: string;
  /** What is in it. */
  readonly paths: readonly string[];
}

/** Leaves the tarball and the copy in the folder. */
export async function packedIn(folder: string): Promise<Packed> {
  const clone = join(folder, "clone");
  await freshClone(clone);
  await symlink(join(PROJECT, "node_modules"), join(clone, "node_modules"));
  const args = ["pack", "--json", "--pack-destination", folder];
  try {
    const [{ filename, files }] = JSON.parse(await output("npm", args, { cwd: clone, env: environmentWithNode() }));
    return { file: join(folder, filename), paths: files.map((file: { path: string }) => file.path) };
  } catch (error) {
    // The compiler prints what it has found to standard output.
    throw new Error(`The package cannot be packed: ${(error as { stdout?: string }).stdout}`, { cause: error });
  }
}
