/** The project as a clone would have it. */
import { copyFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { output, PROJECT } from "./scratch.ts";

/** Copies the files that git knows, and those that it would take. */
export async function freshClone(folder: string): Promise<void> {
  const list = await output("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], { cwd: PROJECT });
  for (const file of new Set(list.split("\0").filter(Boolean))) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    // A file that was removed and not yet committed is on git's list and not on the disk.
    await copyFile(join(PROJECT, file), join(folder, file)).catch((error) => {
      if (error.code !== "ENOENT") throw error;
    });
  }
}
